/* JSON files of the harness.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/result/json.h"

#include "harness/base/files.h"
#include "harness/base/utf8.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static unsigned line_at(const struct buffer *text, size_t offset)
{
    unsigned line = 1;
    for (size_t i = 0; i < offset && i < text->len; i++)
        line += text->data[i] == '\n';
    return line;
}

/* One value and nothing after it. The NUL behind the text belongs to the input: without it the
 * parser would wait for the rest of a number. */
static struct json_object *parse(const char *path, const struct buffer *text, struct error *err)
{
    struct json_tokener *tokener = json_tokener_new();
    json_tokener_set_flags(tokener, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    struct json_object *value =
        json_tokener_parse_ex(tokener, buffer_text(text), (int)text->len + 1);
    enum json_tokener_error error = json_tokener_get_error(tokener);
    unsigned line = line_at(text, json_tokener_get_parse_end(tokener));
    json_tokener_free(tokener);
    if (error == json_tokener_success)
        return value;
    if (error == json_tokener_continue || error == json_tokener_error_parse_eof)
        error_set(err, "%s:%u: the file is cut off", path, line);
    else
        error_set(err, "%s:%u: %s", path, line, json_tokener_error_desc(error));
    json_object_put(value);
    return NULL;
}

struct json_object *json_file_read(const char *path, size_t limit, enum json_type type,
                                   struct error *err)
{
    struct buffer text = {0};
    struct json_object *value = NULL;
    if (!file_read(path, limit < INT_MAX ? limit : INT_MAX - 1, &text, err))
        goto done;
    if (text.len == 0 || strlen(text.data) != text.len) {
        error_set(err, "%s:1: the file %s", path, text.len ? "holds a NUL byte" : "is empty");
        goto done;
    }
    struct error why = {0};
    value = parse(path, &text, &why);
    if (why.text[0]) {
        error_set(err, "%s", why.text);
    } else if (!json_object_is_type(value, type)) {
        error_set(err, "%s:1: it holds %s, expected %s", path,
                  json_type_to_name(json_object_get_type(value)), json_type_to_name(type));
        json_object_put(value);
        value = NULL;
    }
done:
    buffer_fini(&text);
    return value;
}

bool json_file_write(const char *path, struct json_object *value, struct error *err)
{
    size_t len;
    const char *text = json_object_to_json_string_length(
        value, JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED | JSON_C_TO_STRING_NOSLASHESCAPE,
        &len);
    struct buffer file = {0};
    buffer_add(&file, text, len);
    buffer_add_char(&file, '\n');
    bool ok = file_write(path, file.data, file.len, err);
    buffer_fini(&file);
    return ok;
}

struct json_object *json_text(const char *text)
{
    if (!text)
        return NULL;
    struct buffer valid = {0};
    buffer_add_utf8(&valid, text);
    struct json_object *value = json_object_new_string(buffer_text(&valid));
    buffer_fini(&valid);
    return value;
}

struct json_object *json_number(double value, int digits)
{
    char *text = format_text("%.*f", digits, isfinite(value) ? value : 0.0);
    struct json_object *number = json_object_new_double_s(strtod(text, NULL), text);
    free(text);
    return number;
}

/* Whether @key is there and of @type; when not, whether that is allowed is in @ok. */
static struct json_object *get(struct json_object *object, const char *key, enum json_type type,
                               bool required, bool *ok, struct error *err)
{
    struct json_object *value = NULL;
    json_object_object_get_ex(object, key, &value);
    *ok = true;
    if (!value && required)
        *ok = error_set(err, "\"%s\" is missing", key);
    else if (value && !json_object_is_type(value, type) &&
             !(type == json_type_double && json_object_is_type(value, json_type_int)))
        *ok = error_set(err, "\"%s\" is %s, expected %s", key,
                        json_type_to_name(json_object_get_type(value)), json_type_to_name(type));
    return *ok ? value : NULL;
}

static bool copy_string(struct json_object *value, const char *key, char **out, struct error *err)
{
    const char *text = json_object_get_string(value);
    if (strlen(text) != (size_t)json_object_get_string_len(value))
        return error_set(err, "\"%s\" holds a NUL character", key);
    *out = copy_text(text);
    return true;
}

bool json_get_text(struct json_object *object, const char *key, bool required, char **out,
                   struct error *err)
{
    bool ok;
    struct json_object *value = get(object, key, json_type_string, required, &ok, err);
    *out = NULL;
    return value ? copy_string(value, key, out, err) : ok;
}

bool json_get_number(struct json_object *object, const char *key, bool required, double *out,
                     struct error *err)
{
    bool ok;
    struct json_object *value = get(object, key, json_type_double, required, &ok, err);
    *out = value ? json_object_get_double(value) : 0;
    if (!ok)
        return false;
    if (!isfinite(*out) || *out < 0)
        return error_set(err, "\"%s\" is %g, expected a number that is not negative", key, *out);
    return true;
}

bool json_get_list(struct json_object *object, const char *key, struct json_object **out,
                   struct error *err)
{
    bool ok;
    *out = get(object, key, json_type_array, false, &ok, err);
    return ok;
}

bool json_get_texts(struct json_object *object, const char *key, char ***out, size_t *n,
                    struct error *err)
{
    struct json_object *list;
    *out = NULL;
    *n = 0;
    if (!json_get_list(object, key, &list, err))
        return false;
    size_t count = list ? json_object_array_length(list) : 0;
    if (count && !(*out = calloc(count, sizeof **out)))
        abort();
    for (size_t i = 0; i < count; i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        if (!json_object_is_type(item, json_type_string))
            return error_set(err, "\"%s\" has an element that is no string", key);
        if (!copy_string(item, key, &(*out)[i], err))
            return false;
        *n = i + 1;
    }
    return true;
}

void texts_free(char **texts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(texts[i]);
    free(texts);
}
