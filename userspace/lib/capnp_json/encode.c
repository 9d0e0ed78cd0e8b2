/*
 * From JSON to the fields of a message.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Recursion goes no deeper than the path does. What a hostile schema costs is bounded by the JSON:
 * each of its values is looked at once, and a look-up is as long as the schema at most.
 */
#include "capnp_json/json.h"

#include "capnp_json/bits.h"
#include "capnp_json/number.h"
#include "capnp_json/scalar.h"

#include <string.h>

struct encoder {
    struct capnp_schema *schema;
    const struct capnp_json_caps *caps;
    struct capnp_json_error *error;
};

static err_t encode_struct(struct encoder *, struct schema_node_reader, struct json_object *,
                           struct capnp_struct_builder);
static err_t encode_pointer(struct encoder *, struct schema_type_reader, struct json_object *,
                            struct capnp_pointer_builder);

/* --- What pointers lead to --- */

static err_t encode_text(struct encoder *e, struct json_object *json,
                         struct capnp_pointer_builder into)
{
    if (!json_object_is_type(json, json_type_string))
        return path_refuse_value(e->error, json, "a string");
    capnp_pointer_set_text(into, capnp_text_n(json_object_get_string(json),
                                              (uint32_t)json_object_get_string_len(json)));
    return ERR_OK;
}

static err_t encode_bytes(struct encoder *e, struct json_object *json, uint8_t *to)
{
    size_t n = json_object_array_length(json);

    for (size_t i = 0; i < n; i++) {
        struct json_object *item = json_object_array_get_idx(json, i);
        uint64_t byte;

        if (!path_push_item(e->error, (uint32_t)i))
            return ERR_BAD_ARGUMENT;
        if (json_object_is_type(item, json_type_string) ||
            !number_whole(item, (struct number_range){0, UINT8_MAX}, &byte))
            return path_refuse_value(e->error, item, "a whole number from 0 to 255");
        path_pop(e->error);
        if (to)
            to[i] = (uint8_t)byte;
    }
    return ERR_OK;
}

static err_t encode_data(struct encoder *e, struct json_object *json,
                         struct capnp_pointer_builder into)
{
    size_t n;

    if (json_object_is_type(json, json_type_string)) {
        capnp_pointer_set_data(into, capnp_data(json_object_get_string(json),
                                                (uint32_t)json_object_get_string_len(json)));
        return ERR_OK;
    }
    if (!json_object_is_type(json, json_type_array))
        return path_refuse_value(e->error, json, "a list of numbers from 0 to 255, or a string");
    n = json_object_array_length(json);
    if (n > CAPNP_COUNT_MAX)
        return ERR_NO_ROOM;
    return encode_bytes(e, json, capnp_pointer_init_data(into, (uint32_t)n));
}

static err_t encode_cap(struct encoder *e, uint64_t interface_id, struct json_object *json,
                        struct capnp_pointer_builder into)
{
    uint32_t index = CAPNP_NO_CAP;
    const char *why = "there are none here";

    if (!json_object_is_type(json, json_type_string))
        return path_refuse_value(e->error, json, "the name of a capability");
    if (e->caps)
        why = e->caps->find(e->caps->context, json_object_get_string(json), interface_id, &index);
    if (why)
        return path_refuse(e->error, "no capability: %s", why);
    capnp_pointer_set_cap(into, index);
    return ERR_OK;
}

static err_t encode_struct_at(struct encoder *e, uint64_t id, struct json_object *json,
                              struct capnp_pointer_builder into)
{
    struct schema_node_reader node;
    struct schema_node_struct_reader type;

    if (!capnp_schema_find(e->schema, id, &node))
        return ERR_BAD_MESSAGE;
    type = schema_node_struct(node);
    return encode_struct(e, node, json,
                         capnp_pointer_init_struct(into, schema_node_struct_data_word_count(type),
                                                   schema_node_struct_pointer_count(type)));
}

/* --- Lists --- */

static bool find_struct(struct encoder *e, struct schema_type_reader type,
                        struct schema_node_reader *node)
{
    return capnp_schema_find(e->schema, schema_type_struct_type_id(schema_type_struct(type)), node);
}

static err_t init_list(struct encoder *e, struct schema_type_reader type, uint32_t n,
                       struct capnp_pointer_builder into, struct capnp_list_builder *list)
{
    enum capnp_size size = scalar_size(schema_type_which(type));
    struct schema_node_reader node;

    if (size != CAPNP_COMPOSITE) {
        *list = capnp_pointer_init_list(into, size, n);
        return ERR_OK;
    }
    if (!find_struct(e, type, &node))
        return ERR_BAD_MESSAGE;
    *list = capnp_pointer_init_struct_list(
        into, n, schema_node_struct_data_word_count(schema_node_struct(node)),
        schema_node_struct_pointer_count(schema_node_struct(node)));
    return ERR_OK;
}

static err_t encode_item(struct encoder *e, struct schema_type_reader type,
                         struct json_object *json, struct capnp_list_builder list, uint32_t i)
{
    enum capnp_size size = scalar_size(schema_type_which(type));
    struct schema_node_reader node;
    uint64_t bits;
    err_t error;

    if (size == CAPNP_POINTER)
        return encode_pointer(e, type, json, capnp_list_pointer_of(list, i));
    if (size == CAPNP_COMPOSITE)
        return find_struct(e, type, &node) ? encode_struct(e, node, json, capnp_struct_of(list, i))
                                           : ERR_BAD_MESSAGE;
    error = scalar_encode(e->schema, type, json, &bits, e->error);
    if (!error)
        bits_set_element(list, size, i, bits);
    return error;
}

static err_t encode_list(struct encoder *e, struct schema_type_reader type,
                         struct json_object *json, struct capnp_pointer_builder into)
{
    struct capnp_list_builder list;
    size_t n;
    err_t error;

    if (!json_object_is_type(json, json_type_array))
        return path_refuse_value(e->error, json, "a list");
    n = json_object_array_length(json);
    if (n > CAPNP_COUNT_MAX)
        return ERR_NO_ROOM;
    error = init_list(e, type, (uint32_t)n, into, &list);
    for (uint32_t i = 0; !error && i < n; i++) {
        if (!path_push_item(e->error, i))
            return ERR_BAD_ARGUMENT;
        error = encode_item(e, type, json_object_array_get_idx(json, i), list, i);
        if (!error)
            path_pop(e->error);
    }
    return error;
}

static err_t encode_pointer(struct encoder *e, struct schema_type_reader type,
                            struct json_object *json, struct capnp_pointer_builder into)
{
    if (!json)
        return ERR_OK;
    switch (schema_type_which(type)) {
    case SCHEMA_TYPE_WHICH_TEXT:
        return encode_text(e, json, into);
    case SCHEMA_TYPE_WHICH_DATA:
        return encode_data(e, json, into);
    case SCHEMA_TYPE_WHICH_LIST:
        return encode_list(e, schema_type_list_element_type(schema_type_list(type)), json, into);
    case SCHEMA_TYPE_WHICH_STRUCT:
        return encode_struct_at(e, schema_type_struct_type_id(schema_type_struct(type)), json,
                                into);
    case SCHEMA_TYPE_WHICH_INTERFACE:
        return encode_cap(e, schema_type_interface_type_id(schema_type_interface(type)), json,
                          into);
    case SCHEMA_TYPE_WHICH_ANY_POINTER:
        return encode_cap(e, 0, json, into);
    default:
        return ERR_BAD_MESSAGE;
    }
}

/* --- Structs --- */

static err_t encode_slot(struct encoder *e, struct schema_field_slot_reader slot,
                         struct json_object *json, struct capnp_struct_builder into)
{
    struct schema_type_reader type = schema_field_slot_type(slot);
    enum schema_type_which which = schema_type_which(type);
    enum capnp_size size = scalar_size(which);
    uint32_t offset = schema_field_slot_offset(slot);
    uint64_t bits;
    err_t error;

    if (size >= CAPNP_POINTER) {
        if (offset > UINT16_MAX)
            return ERR_BAD_MESSAGE;
        return encode_pointer(e, type, json, capnp_pointer_of(into, (uint16_t)offset));
    }
    error = scalar_encode(e->schema, type, json, &bits, e->error);
    if (error)
        return error;
    bits_set(into, size, offset,
             bits ^ scalar_default(schema_field_slot_default_value(slot), which));
    return ERR_OK;
}

/* A group has its fields in the struct that it belongs to. */
static err_t encode_group(struct encoder *e, uint64_t id, struct json_object *json,
                          struct capnp_struct_builder into)
{
    struct schema_node_reader node;

    if (!capnp_schema_find(e->schema, id, &node))
        return ERR_BAD_MESSAGE;
    return encode_struct(e, node, json, into);
}

/* Sets the union of INTO to that field. MEMBER is the one that JSON had before, and becomes this
 * one. */
static err_t choose(struct encoder *e, struct schema_node_reader node,
                    struct schema_field_reader field, struct capnp_struct_builder into,
                    const char **member)
{
    uint32_t at = schema_node_struct_discriminant_offset(schema_node_struct(node));
    uint16_t value = schema_field_discriminant_value(field);

    if (value == SCHEMA_FIELD_NO_DISCRIMINANT)
        return ERR_OK;
    if (*member)
        return path_refuse(e->error, "excludes \"%.60s\", which stands there, too", *member);
    *member = schema_field_name(field).at;
    bits_set(into, CAPNP_TWO_BYTES, at, value);
    return ERR_OK;
}

static err_t encode_field(struct encoder *e, struct schema_field_reader field,
                          struct json_object *json, struct capnp_struct_builder into)
{
    if (schema_field_which(field) == SCHEMA_FIELD_WHICH_GROUP)
        return encode_group(e, schema_field_group_type_id(schema_field_group(field)), json, into);
    return encode_slot(e, schema_field_slot(field), json, into);
}

static err_t encode_member(struct encoder *e, struct schema_node_reader node, const char *name,
                           struct json_object *json, struct capnp_struct_builder into,
                           const char **member)
{
    struct schema_field_reader field;
    err_t error;

    if (!capnp_schema_find_field(e->schema, node, name, &field))
        return path_refuse_key(e->error, schema_node_struct_fields(schema_node_struct(node)));
    error = choose(e, node, field, into, member);
    return error ? error : encode_field(e, field, json, into);
}

static err_t encode_struct(struct encoder *e, struct schema_node_reader node,
                           struct json_object *json, struct capnp_struct_builder into)
{
    const char *member = NULL;

    if (!json_object_is_type(json, json_type_object))
        return path_refuse_value(e->error, json, "an object");
    json_object_object_foreach(json, name, value)
    {
        err_t error;

        if (!path_push(e->error, name))
            return ERR_BAD_ARGUMENT;
        error = encode_member(e, node, name, value, into, &member);
        if (error)
            return error;
        path_pop(e->error);
    }
    return ERR_OK;
}

err_t capnp_json_encode(struct capnp_schema *schema, uint64_t id, struct json_object *json,
                        struct capnp_struct_builder into, const struct capnp_json_caps *caps,
                        struct capnp_json_error *where)
{
    struct encoder e = {.schema = schema, .caps = caps, .error = where};
    struct schema_node_reader node;
    err_t error;

    where->n = 0;
    where->sentence[0] = '\0';
    if (!capnp_schema_find(schema, id, &node))
        return ERR_NOT_FOUND;
    error = encode_struct(&e, node, json, into);
    if (capnp_error(&schema->message))
        return ERR_BAD_MESSAGE;
    if (error)
        return error;
    return into.builder->full ? ERR_NO_ROOM : ERR_OK;
}
