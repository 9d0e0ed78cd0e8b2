/*
 * From the fields of a message to JSON.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Recursion goes no deeper than the path does. What a hostile message costs is bounded by its
 * budget. Groups do not pay from that, and a hostile schema could have them contain each other: a
 * struct enters no more of them than there are nodes.
 */
#include "capnp_json/json.h"

#include "capnp_json/bits.h"
#include "capnp_json/scalar.h"
#include "capnp_json/text.h"

struct decoder {
    struct capnp_schema *schema;
    const struct capnp_json_caps *caps;
    struct capnp_json_error *error;
    uint32_t groups_left; /* of the struct that is being read */
};

static err_t decode_struct(struct decoder *, struct schema_node_reader, struct capnp_struct,
                           struct json_object **);
static err_t decode_pointer(struct decoder *, struct schema_type_reader, struct capnp_pointer,
                            struct json_object **);

/* --- What pointers lead to --- */

/* Adds VALUE, which this takes. */
static err_t append(struct json_object *list, struct json_object *value)
{
    if (json_object_array_add(list, value) == 0)
        return ERR_OK;
    json_object_put(value);
    return ERR_NO_MEMORY;
}

static err_t decode_data(struct capnp_data data, struct json_object *list)
{
    err_t error = ERR_OK;

    for (uint32_t i = 0; !error && i < data.len; i++) {
        struct json_object *byte = json_object_new_int(data.at[i]);

        error = byte ? append(list, byte) : ERR_NO_MEMORY;
    }
    return error;
}

static err_t decode_cap(struct decoder *d, uint64_t interface_id, struct capnp_pointer from,
                        struct json_object **json)
{
    enum capnp_kind kind = capnp_pointer_kind(from);

    if (kind == CAPNP_KIND_NULL)
        return ERR_OK;
    if (kind != CAPNP_KIND_CAP)
        return path_refuse(d->error, "leads to something that has no JSON; expected a capability");
    if (!d->caps)
        return path_refuse(d->error, "a capability has no JSON here");
    *json = d->caps->name(d->caps->context, capnp_pointer_cap(from), interface_id);
    return *json ? ERR_OK : ERR_NO_MEMORY;
}

/* A struct of its own, which may enter its groups however many of those around it were entered. */
static err_t decode_whole(struct decoder *d, struct schema_node_reader node,
                          struct capnp_struct from, struct json_object **json)
{
    uint32_t groups_left = d->groups_left;
    err_t error;

    d->groups_left = capnp_list_len(d->schema->nodes);
    error = decode_struct(d, node, from, json);
    d->groups_left = groups_left;
    return error;
}

static err_t decode_struct_at(struct decoder *d, uint64_t id, struct capnp_pointer from,
                              struct json_object **json)
{
    struct schema_node_reader node;

    if (!capnp_schema_find(d->schema, id, &node))
        return ERR_BAD_MESSAGE;
    return decode_whole(d, node, capnp_pointer_struct(from), json);
}

/* --- Lists --- */

static err_t decode_item(struct decoder *d, struct schema_type_reader type, struct capnp_list from,
                         uint32_t i, struct json_object **json)
{
    enum capnp_size size = scalar_size(schema_type_which(type));

    *json = NULL;
    if (size == CAPNP_COMPOSITE) {
        struct schema_node_reader node;

        if (!capnp_schema_find(d->schema, schema_type_struct_type_id(schema_type_struct(type)),
                               &node))
            return ERR_BAD_MESSAGE;
        return decode_whole(d, node, capnp_list_struct(from, i), json);
    }
    if (size == CAPNP_POINTER)
        return decode_pointer(d, type, capnp_list_pointer(from, i), json);
    return scalar_decode(d->schema, type, bits_get_element(from, size, i), json);
}

static err_t decode_list(struct decoder *d, struct schema_type_reader type,
                         struct capnp_pointer pointer, struct json_object *list)
{
    struct capnp_list from = capnp_pointer_list(pointer, scalar_size(schema_type_which(type)));
    err_t error = ERR_OK;

    for (uint32_t i = 0; !error && i < capnp_list_len(from); i++) {
        struct json_object *item;

        if (!path_push_item(d->error, i))
            return ERR_BAD_ARGUMENT;
        error = decode_item(d, type, from, i, &item);
        if (error) {
            json_object_put(item);
            return error;
        }
        error = append(list, item);
        path_pop(d->error);
    }
    return error;
}

/* Null pointers read as something empty, but capabilities. */
static err_t decode_pointer(struct decoder *d, struct schema_type_reader type,
                            struct capnp_pointer from, struct json_object **json)
{
    enum schema_type_which which = schema_type_which(type);

    *json = NULL;
    if (which == SCHEMA_TYPE_WHICH_STRUCT)
        return decode_struct_at(d, schema_type_struct_type_id(schema_type_struct(type)), from,
                                json);
    if (which == SCHEMA_TYPE_WHICH_INTERFACE)
        return decode_cap(d, schema_type_interface_type_id(schema_type_interface(type)), from,
                          json);
    if (which == SCHEMA_TYPE_WHICH_ANY_POINTER)
        return decode_cap(d, 0, from, json);
    if (which == SCHEMA_TYPE_WHICH_TEXT)
        *json = text_decode(capnp_pointer_text(from));
    else
        *json = json_object_new_array();
    if (!*json)
        return ERR_NO_MEMORY;
    if (which == SCHEMA_TYPE_WHICH_DATA)
        return decode_data(capnp_pointer_data(from), *json);
    if (which == SCHEMA_TYPE_WHICH_LIST)
        return decode_list(d, schema_type_list_element_type(schema_type_list(type)), from, *json);
    return ERR_OK;
}

/* --- Structs --- */

static err_t decode_group(struct decoder *d, uint64_t id, struct capnp_struct from,
                          struct json_object **json)
{
    struct schema_node_reader node;

    if (d->groups_left-- == 0 || !capnp_schema_find(d->schema, id, &node))
        return ERR_BAD_MESSAGE;
    return decode_struct(d, node, from, json);
}

static err_t decode_field(struct decoder *d, struct schema_field_reader field,
                          struct capnp_struct from, struct json_object **json)
{
    struct schema_field_slot_reader slot = schema_field_slot(field);
    struct schema_type_reader type = schema_field_slot_type(slot);
    enum schema_type_which which = schema_type_which(type);
    enum capnp_size size = scalar_size(which);
    uint32_t offset = schema_field_slot_offset(slot);

    if (schema_field_which(field) == SCHEMA_FIELD_WHICH_GROUP)
        return decode_group(d, schema_field_group_type_id(schema_field_group(field)), from, json);
    if (size < CAPNP_POINTER)
        return scalar_decode(d->schema, type,
                             bits_get(from, size, offset) ^
                                 scalar_default(schema_field_slot_default_value(slot), which),
                             json);
    if (offset > UINT16_MAX || !capnp_has(from, (uint16_t)offset))
        return ERR_OK;
    return decode_pointer(d, type, capnp_get_pointer(from, (uint16_t)offset), json);
}

/* A pointer that is null. */
static bool is_unset(struct schema_field_reader field, struct capnp_struct from)
{
    struct schema_field_slot_reader slot = schema_field_slot(field);
    uint32_t offset = schema_field_slot_offset(slot);

    if (schema_field_which(field) == SCHEMA_FIELD_WHICH_GROUP ||
        scalar_size(schema_type_which(schema_field_slot_type(slot))) < CAPNP_POINTER)
        return false;
    return offset > UINT16_MAX || !capnp_has(from, (uint16_t)offset);
}

/* Members of the union that are not set are not there; one that is set is shown even when its
 * pointer is null, unless a union without anything is set to it, too. */
static bool is_shown(struct schema_field_reader field, uint16_t discriminant,
                     struct capnp_struct from)
{
    uint16_t value = schema_field_discriminant_value(field);

    if (value == SCHEMA_FIELD_NO_DISCRIMINANT)
        return !is_unset(field, from);
    return value == discriminant && (value != 0 || !is_unset(field, from));
}

static err_t decode_member(struct decoder *d, struct schema_field_reader field,
                           struct capnp_struct from, struct json_object *object)
{
    const char *name = schema_field_name(field).at;
    struct json_object *value = NULL;
    err_t error;

    if (!path_push(d->error, name))
        return ERR_BAD_ARGUMENT;
    error = decode_field(d, field, from, &value);
    if (!error && json_object_object_add(object, name, value))
        error = ERR_NO_MEMORY;
    if (error) {
        json_object_put(value);
        return error;
    }
    path_pop(d->error);
    return ERR_OK;
}

static err_t decode_struct(struct decoder *d, struct schema_node_reader node,
                           struct capnp_struct from, struct json_object **json)
{
    struct schema_node_struct_reader type = schema_node_struct(node);
    uint16_t discriminant =
        (uint16_t)bits_get(from, CAPNP_TWO_BYTES, schema_node_struct_discriminant_offset(type));
    struct capnp_list fields;
    err_t error = ERR_OK;

    capnp_schema_begin(d->schema);
    fields = schema_node_struct_fields(type);
    *json = json_object_new_object();
    if (!*json)
        return ERR_NO_MEMORY;
    for (uint32_t i = 0; !error && i < capnp_list_len(fields); i++) {
        struct schema_field_reader field = schema_field_at(fields, i);

        if (is_shown(field, discriminant, from))
            error = decode_member(d, field, from, *json);
    }
    return error;
}

err_t capnp_json_decode(struct capnp_schema *schema, uint64_t id, struct capnp_struct from,
                        struct json_object **json, const struct capnp_json_caps *caps,
                        struct capnp_json_error *where)
{
    struct decoder d = {.schema = schema, .caps = caps, .error = where};
    struct schema_node_reader node;
    err_t error;

    *json = NULL;
    where->n = 0;
    where->sentence[0] = '\0';
    if (!capnp_schema_find(schema, id, &node))
        return ERR_NOT_FOUND;
    error = decode_whole(&d, node, from, json);
    if (capnp_error(&schema->message) || (from.message && capnp_error(from.message)))
        error = ERR_BAD_MESSAGE;
    if (!error)
        return ERR_OK;
    json_object_put(*json);
    *json = NULL;
    return error;
}
