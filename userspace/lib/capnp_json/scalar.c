/*
 * Scalars between JSON and the bits of a field: numbers, truth values, enums.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/scalar.h"

#include "capnp/float.h"
#include "capnp/list.h"
#include "capnp_json/number.h"

#include <stdio.h>
#include <string.h>

/* What is a whole number, in the order of enum schema_type_which. */
static const struct {
    struct number_range range;
    const char *words;
} wholes[] = {
    [SCHEMA_TYPE_WHICH_INT8] = {{INT8_MIN, INT8_MAX}, "a whole number from -128 to 127"},
    [SCHEMA_TYPE_WHICH_INT16] = {{INT16_MIN, INT16_MAX}, "a whole number from -32768 to 32767"},
    [SCHEMA_TYPE_WHICH_INT32] = {{INT32_MIN, INT32_MAX},
                                 "a whole number from -2147483648 to 2147483647"},
    [SCHEMA_TYPE_WHICH_INT64] = {{INT64_MIN, INT64_MAX}, "a whole number of 64 bits with a sign"},
    [SCHEMA_TYPE_WHICH_UINT8] = {{0, UINT8_MAX}, "a whole number from 0 to 255"},
    [SCHEMA_TYPE_WHICH_UINT16] = {{0, UINT16_MAX}, "a whole number from 0 to 65535"},
    [SCHEMA_TYPE_WHICH_UINT32] = {{0, UINT32_MAX}, "a whole number from 0 to 4294967295"},
    [SCHEMA_TYPE_WHICH_UINT64] = {{0, UINT64_MAX}, "a whole number of 64 bits without a sign"},
};

enum capnp_size scalar_size(enum schema_type_which type)
{
    switch (type) {
    case SCHEMA_TYPE_WHICH_VOID:
        return CAPNP_VOID;
    case SCHEMA_TYPE_WHICH_BOOL:
        return CAPNP_BIT;
    case SCHEMA_TYPE_WHICH_INT8:
    case SCHEMA_TYPE_WHICH_UINT8:
        return CAPNP_BYTE;
    case SCHEMA_TYPE_WHICH_INT16:
    case SCHEMA_TYPE_WHICH_UINT16:
    case SCHEMA_TYPE_WHICH_ENUM:
        return CAPNP_TWO_BYTES;
    case SCHEMA_TYPE_WHICH_INT32:
    case SCHEMA_TYPE_WHICH_UINT32:
    case SCHEMA_TYPE_WHICH_FLOAT32:
        return CAPNP_FOUR_BYTES;
    case SCHEMA_TYPE_WHICH_INT64:
    case SCHEMA_TYPE_WHICH_UINT64:
    case SCHEMA_TYPE_WHICH_FLOAT64:
        return CAPNP_EIGHT_BYTES;
    case SCHEMA_TYPE_WHICH_STRUCT:
        return CAPNP_COMPOSITE;
    default:
        return CAPNP_POINTER;
    }
}

/* Whether the JSON string is that name. */
static bool text_is(struct capnp_text name, struct json_object *json)
{
    return json_object_is_type(json, json_type_string) &&
           name.len == (uint32_t)json_object_get_string_len(json) &&
           memcmp(name.at, json_object_get_string(json), name.len) == 0;
}

static struct capnp_list enumerants_of(struct capnp_schema *schema, struct schema_type_reader type)
{
    struct schema_node_reader node;

    if (!capnp_schema_find(schema, schema_type_enum_type_id(schema_type_enum(type)), &node))
        return (struct capnp_list){0};
    return schema_node_enum_enumerants(schema_node_enum(node));
}

static err_t encode_enum(struct capnp_schema *schema, struct schema_type_reader type,
                         struct json_object *json, uint64_t *bits, struct capnp_json_error *error)
{
    struct capnp_list enumerants = enumerants_of(schema, type);

    if (json_object_is_type(json, json_type_int) &&
        number_whole(json, wholes[SCHEMA_TYPE_WHICH_UINT16].range, bits))
        return ERR_OK;
    for (uint32_t i = 0; i < capnp_list_len(enumerants); i++) {
        *bits = i;
        if (text_is(schema_enumerant_name(schema_enumerant_at(enumerants, i)), json))
            return ERR_OK;
    }
    return path_refuse_enum(error, json, enumerants);
}

/* Of 64 bits, or with a fraction. */
static err_t refuse_number(struct capnp_json_error *error, struct json_object *json,
                           const char *what)
{
    return path_refuse_value(error, json,
                             number_is_known(json) ? what : "so large a number as a string");
}

static err_t encode_float(enum schema_type_which which, struct json_object *json, uint64_t *bits,
                          struct capnp_json_error *error)
{
    uint32_t bits32 = 0;
    bool ok;

    if (which == SCHEMA_TYPE_WHICH_FLOAT64)
        ok = number_float64(json, bits);
    else
        ok = number_float32(json, &bits32), *bits = bits32;
    return ok ? ERR_OK : refuse_number(error, json, "a number");
}

err_t scalar_encode(struct capnp_schema *schema, struct schema_type_reader type,
                    struct json_object *json, uint64_t *bits, struct capnp_json_error *error)
{
    enum schema_type_which which = schema_type_which(type);

    *bits = 0;
    switch (which) {
    case SCHEMA_TYPE_WHICH_VOID:
        return json ? path_refuse_value(error, json, "null") : ERR_OK;
    case SCHEMA_TYPE_WHICH_BOOL:
        *bits = json_object_get_boolean(json);
        return json_object_is_type(json, json_type_boolean)
                   ? ERR_OK
                   : path_refuse_value(error, json, "true or false");
    case SCHEMA_TYPE_WHICH_FLOAT32:
    case SCHEMA_TYPE_WHICH_FLOAT64:
        return encode_float(which, json, bits, error);
    case SCHEMA_TYPE_WHICH_ENUM:
        return encode_enum(schema, type, json, bits, error);
    default:
        if (number_whole(json, wholes[which].range, bits))
            return ERR_OK;
        return scalar_size(which) == CAPNP_EIGHT_BYTES
                   ? refuse_number(error, json, wholes[which].words)
                   : path_refuse_value(error, json, wholes[which].words);
    }
}

static struct json_object *decode_enum(struct capnp_schema *schema, struct schema_type_reader type,
                                       uint64_t bits)
{
    struct capnp_list enumerants = enumerants_of(schema, type);
    struct capnp_text name = schema_enumerant_name(schema_enumerant_at(enumerants, (uint32_t)bits));

    if (bits >= capnp_list_len(enumerants))
        return json_object_new_int64((int64_t)bits);
    return json_object_new_string_len(name.at, (int)name.len);
}

/* 64 bits have no place in what JavaScript has for numbers. */
static struct json_object *decode_long(uint64_t bits, bool is_signed)
{
    char text[24];

    if (is_signed)
        snprintf(text, sizeof(text), "%lld", (long long)bits);
    else
        snprintf(text, sizeof(text), "%llu", (unsigned long long)bits);
    return json_object_new_string(text);
}

static struct json_object *decode(struct capnp_schema *schema, struct schema_type_reader type,
                                  uint64_t bits)
{
    switch (schema_type_which(type)) {
    case SCHEMA_TYPE_WHICH_BOOL:
        return json_object_new_boolean((json_bool)bits);
    case SCHEMA_TYPE_WHICH_INT8:
        return json_object_new_int((int8_t)bits);
    case SCHEMA_TYPE_WHICH_INT16:
        return json_object_new_int((int16_t)bits);
    case SCHEMA_TYPE_WHICH_INT32:
        return json_object_new_int((int32_t)bits);
    case SCHEMA_TYPE_WHICH_INT64:
        return decode_long(bits, true);
    case SCHEMA_TYPE_WHICH_UINT64:
        return decode_long(bits, false);
    case SCHEMA_TYPE_WHICH_FLOAT32:
        return number_of_float((double)capnp_f32_of((uint32_t)bits));
    case SCHEMA_TYPE_WHICH_FLOAT64:
        return number_of_float(capnp_f64_of(bits));
    case SCHEMA_TYPE_WHICH_ENUM:
        return decode_enum(schema, type, bits);
    default:
        return json_object_new_int64((int64_t)bits);
    }
}

err_t scalar_decode(struct capnp_schema *schema, struct schema_type_reader type, uint64_t bits,
                    struct json_object **json)
{
    *json = NULL;
    if (schema_type_which(type) == SCHEMA_TYPE_WHICH_VOID)
        return ERR_OK;
    *json = decode(schema, type, bits);
    return *json ? ERR_OK : ERR_NO_MEMORY;
}

/* Members of that union that have the same size lie in the same place. */
uint64_t scalar_default(struct schema_value_reader value, enum schema_type_which type)
{
    switch (type) {
    case SCHEMA_TYPE_WHICH_BOOL:
        return schema_value_bool(value);
    case SCHEMA_TYPE_WHICH_INT8:
    case SCHEMA_TYPE_WHICH_UINT8:
        return schema_value_uint8(value);
    case SCHEMA_TYPE_WHICH_INT16:
    case SCHEMA_TYPE_WHICH_UINT16:
    case SCHEMA_TYPE_WHICH_ENUM:
        return schema_value_uint16(value);
    case SCHEMA_TYPE_WHICH_INT32:
    case SCHEMA_TYPE_WHICH_UINT32:
    case SCHEMA_TYPE_WHICH_FLOAT32:
        return schema_value_uint32(value);
    case SCHEMA_TYPE_WHICH_INT64:
    case SCHEMA_TYPE_WHICH_UINT64:
    case SCHEMA_TYPE_WHICH_FLOAT64:
        return schema_value_uint64(value);
    default:
        return 0;
    }
}
