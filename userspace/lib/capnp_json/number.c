/*
 * Numbers between JSON and the bits of a field.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/number.h"

#include "capnp/float.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* From here on a double has no fractions, and not every whole number either. */
#define DOUBLE_WHOLE_MAX 9007199254740992.0

static bool take(bool negative, uint64_t magnitude, struct number_range range, uint64_t *bits)
{
    uint64_t lowest = -(uint64_t)range.least;

    if (magnitude > (negative ? lowest : range.most))
        return false;
    *bits = negative ? -magnitude : magnitude;
    return true;
}

static bool whole_of_double(double value, struct number_range range, uint64_t *bits)
{
    double magnitude = fabs(value);

    if (!(magnitude <= DOUBLE_WHOLE_MAX) || magnitude != trunc(magnitude))
        return false;
    return take(value < 0, (uint64_t)magnitude, range, bits);
}

/* strtoull() would take blanks, signs and octals. */
static bool whole_of_text(const char *text, struct number_range range, uint64_t *bits)
{
    bool negative = *text == '-', hexadecimal;
    const char *digits = text + negative;
    unsigned long long magnitude;

    hexadecimal = digits[0] == '0' && digits[1] == 'x';
    digits += hexadecimal ? 2 : 0;
    if (!*digits || digits[strspn(digits, hexadecimal ? "0123456789abcdefABCDEF" : "0123456789")])
        return false;
    errno = 0;
    magnitude = strtoull(digits, NULL, hexadecimal ? 16 : 10);
    return errno == 0 && take(negative, magnitude, range, bits);
}

/* Whether C sees all of the string. */
static bool is_plain(struct json_object *json)
{
    return strlen(json_object_get_string(json)) == (size_t)json_object_get_string_len(json);
}

bool number_is_known(struct json_object *json)
{
    return !json_object_is_type(json, json_type_int) ||
           (json_object_get_int64(json) != INT64_MIN && json_object_get_uint64(json) != UINT64_MAX);
}

static bool whole_of_int(struct json_object *json, struct number_range range, uint64_t *bits)
{
    int64_t value = json_object_get_int64(json);

    return number_is_known(json) &&
           (value < 0 ? take(true, -(uint64_t)value, range, bits)
                      : take(false, json_object_get_uint64(json), range, bits));
}

bool number_whole(struct json_object *json, struct number_range range, uint64_t *bits)
{
    switch (json_object_get_type(json)) {
    case json_type_int:
        return whole_of_int(json, range, bits);
    case json_type_double:
        return whole_of_double(json_object_get_double(json), range, bits);
    case json_type_string:
        return is_plain(json) && whole_of_text(json_object_get_string(json), range, bits);
    default:
        return false;
    }
}

/* Decimal digits first, which keeps strtod()'s other words out. */
static bool float_of_text(const char *text, double *value)
{
    char *end;

    if (strcmp(text, "NaN") == 0)
        *value = __builtin_nan("");
    else if (strcmp(text, "Infinity") == 0)
        *value = (double)INFINITY;
    else if (strcmp(text, "-Infinity") == 0)
        *value = -(double)INFINITY;
    else if (!*text || text[strspn(text, "0123456789+-.eE")])
        return false;
    else {
        *value = strtod(text, &end);
        return !*end && isfinite(*value);
    }
    return true;
}

static bool take_float(struct json_object *json, double *value)
{
    switch (json_object_get_type(json)) {
    case json_type_int:
        *value = json_object_get_double(json);
        return number_is_known(json);
    case json_type_double:
        *value = json_object_get_double(json);
        return isfinite(*value);
    case json_type_string:
        return is_plain(json) && float_of_text(json_object_get_string(json), value);
    default:
        return false;
    }
}

bool number_float64(struct json_object *json, uint64_t *bits)
{
    double value;

    if (!take_float(json, &value))
        return false;
    *bits = capnp_f64_bits(value);
    return true;
}

bool number_float32(struct json_object *json, uint32_t *bits)
{
    double value;

    if (!take_float(json, &value) || (isfinite(value) && fabs(value) > (double)FLT_MAX))
        return false;
    *bits = capnp_f32_bits((float)value);
    return true;
}

struct json_object *number_of_float(double value)
{
    if (isnan(value))
        return json_object_new_string("NaN");
    if (isinf(value))
        return json_object_new_string(value < 0 ? "-Infinity" : "Infinity");
    return json_object_new_double(value);
}
