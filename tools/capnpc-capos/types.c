/*
 * Types, checked and ready to be written in C.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "types.h"

#include <stdio.h>

struct place {
    struct request *request;
    struct capnp_text path, member;
};

static bool generic_refuse(const struct place *place, const char *what)
{
    refuse(&place->request->refusal, place->path, place->member, "generic %s is not supported",
           what);
    return false;
}

bool brand_check(struct request *request, struct capnp_text path, struct capnp_text member,
                 struct schema_brand_reader brand)
{
    struct capnp_list scopes = schema_brand_scopes(brand);
    struct place place = {request, path, member};

    for (uint32_t i = 0; i < capnp_list_len(scopes); i++) {
        struct schema_brand_scope_reader scope = schema_brand_scope_at(scopes, i);

        if (schema_brand_scope_which(scope) != SCHEMA_BRAND_SCOPE_WHICH_BIND ||
            capnp_list_len(schema_brand_scope_bind(scope)) > 0)
            return generic_refuse(&place, "type with parameters");
    }
    return true;
}

/* The declaration that a type names, in this file or an imported one. */
static const struct node *type_node(const struct place *place, uint64_t id,
                                    enum schema_node_which kind, struct schema_brand_reader brand)
{
    const struct node *node = request_node_of(place->request, id, kind);

    if (!node)
        refuse(&place->request->refusal, place->path, place->member,
               "its type @0x%llx is not declared in any file", (unsigned long long)id);
    else if (schema_node_is_generic(node->schema))
        generic_refuse(place, "type with parameters");
    else if (brand_check(place->request, place->path, place->member, brand)) {
        place->request->nodes[node->file].is_used = true;
        return node;
    }
    return NULL;
}

static bool type_read_any(const struct place *place, struct schema_type_any_pointer_reader any,
                          struct type *type)
{
    struct schema_type_any_pointer_unconstrained_reader kind =
        schema_type_any_pointer_unconstrained(any);

    if (schema_type_any_pointer_which(any) != SCHEMA_TYPE_ANY_POINTER_WHICH_UNCONSTRAINED)
        return generic_refuse(place, "parameter as a type");
    type->kind = schema_type_any_pointer_unconstrained_which(kind) ==
                         SCHEMA_TYPE_ANY_POINTER_UNCONSTRAINED_WHICH_CAPABILITY
                     ? TYPE_CAP
                     : TYPE_POINTER;
    return true;
}

static const char *element_size(const struct type *element)
{
    if (element->kind == TYPE_STRUCT)
        return "CAPNP_COMPOSITE";
    if (type_is_pointer(element))
        return "CAPNP_POINTER";
    switch (element->bits) {
    case 0:
        return "CAPNP_VOID";
    case 1:
        return "CAPNP_BIT";
    case 8:
        return "CAPNP_BYTE";
    case 16:
        return "CAPNP_TWO_BYTES";
    case 32:
        return "CAPNP_FOUR_BYTES";
    default:
        return "CAPNP_EIGHT_BYTES";
    }
}

static bool type_read_at(const struct place *, struct schema_type_reader, struct type *,
                         unsigned depth);

static bool type_read_list(const struct place *place, struct schema_type_list_reader schema,
                           struct type *type, unsigned depth)
{
    struct type element;

    if (depth == DEPTH_MAX) {
        refuse(&place->request->refusal, place->path, place->member,
               "more than %d lists in each other", DEPTH_MAX);
        return false;
    }
    if (!type_read_at(place, schema_type_list_element_type(schema), &element, depth + 1))
        return false;
    type->kind = TYPE_LIST;
    type->element = element.kind;
    type->element_node = element.node;
    type->element_size = element_size(&element);
    return true;
}

/* What lies in the data section; false: TYPE is a pointer. */
static bool type_read_data(enum schema_type_which which, struct type *type)
{
    switch (which) {
    case SCHEMA_TYPE_WHICH_VOID:
        return true;
    case SCHEMA_TYPE_WHICH_BOOL:
        type->kind = TYPE_BOOL;
        type->bits = 1;
        return true;
    case SCHEMA_TYPE_WHICH_INT8:
    case SCHEMA_TYPE_WHICH_INT16:
    case SCHEMA_TYPE_WHICH_INT32:
    case SCHEMA_TYPE_WHICH_INT64:
        type->kind = TYPE_INTEGER;
        type->bits = 8u << (which - SCHEMA_TYPE_WHICH_INT8);
        type->is_signed = true;
        return true;
    case SCHEMA_TYPE_WHICH_UINT8:
    case SCHEMA_TYPE_WHICH_UINT16:
    case SCHEMA_TYPE_WHICH_UINT32:
    case SCHEMA_TYPE_WHICH_UINT64:
        type->kind = TYPE_INTEGER;
        type->bits = 8u << (which - SCHEMA_TYPE_WHICH_UINT8);
        return true;
    case SCHEMA_TYPE_WHICH_FLOAT32:
    case SCHEMA_TYPE_WHICH_FLOAT64:
        type->kind = TYPE_FLOAT;
        type->bits = which == SCHEMA_TYPE_WHICH_FLOAT32 ? 32 : 64;
        return true;
    default:
        return false;
    }
}

static bool type_read_pointer(const struct place *place, struct schema_type_reader schema,
                              struct type *type, unsigned depth)
{
    switch (schema_type_which(schema)) {
    case SCHEMA_TYPE_WHICH_TEXT:
        type->kind = TYPE_TEXT;
        return true;
    case SCHEMA_TYPE_WHICH_DATA:
        type->kind = TYPE_DATA;
        return true;
    case SCHEMA_TYPE_WHICH_LIST:
        return type_read_list(place, schema_type_list(schema), type, depth);
    case SCHEMA_TYPE_WHICH_STRUCT:
        type->kind = TYPE_STRUCT;
        type->node = type_node(place, schema_type_struct_type_id(schema_type_struct(schema)),
                               SCHEMA_NODE_WHICH_STRUCT,
                               schema_type_struct_brand(schema_type_struct(schema)));
        return type->node;
    case SCHEMA_TYPE_WHICH_INTERFACE:
        type->kind = TYPE_CAP;
        return brand_check(place->request, place->path, place->member,
                           schema_type_interface_brand(schema_type_interface(schema)));
    case SCHEMA_TYPE_WHICH_ANY_POINTER:
        return type_read_any(place, schema_type_any_pointer(schema), type);
    default:
        refuse(&place->request->refusal, place->path, place->member,
               "its type is of an unknown kind");
        return false;
    }
}

static bool type_read_at(const struct place *place, struct schema_type_reader schema,
                         struct type *type, unsigned depth)
{
    enum schema_type_which which = schema_type_which(schema);

    /* The numbers of Type and Value are the same. */
    *type = (struct type){.which = (enum schema_value_which)which};
    if (type_read_data(which, type))
        return true;
    if (which != SCHEMA_TYPE_WHICH_ENUM)
        return type_read_pointer(place, schema, type, depth);
    type->kind = TYPE_ENUM;
    type->bits = 16;
    type->node =
        type_node(place, schema_type_enum_type_id(schema_type_enum(schema)), SCHEMA_NODE_WHICH_ENUM,
                  schema_type_enum_brand(schema_type_enum(schema)));
    return type->node;
}

bool type_read(struct request *request, struct capnp_text path, struct capnp_text member,
               struct schema_type_reader schema, struct type *type)
{
    return type_read_at(&(struct place){request, path, member}, schema, type, 0);
}

bool value_check(struct request *request, struct capnp_text path, struct capnp_text member,
                 const struct type *type, struct schema_value_reader value)
{
    if (schema_value_which(value) != type->which)
        refuse(&request->refusal, path, member, "its value is of another type");
    return schema_value_which(value) == type->which;
}

void type_in_c(const struct type *type, char to[NAME_LEN_MAX + 16])
{
    size_t room = NAME_LEN_MAX + 16;

    switch (type->kind) {
    case TYPE_BOOL:
        snprintf(to, room, "bool");
        break;
    case TYPE_INTEGER:
        snprintf(to, room, "%sint%u_t", type->is_signed ? "" : "u", type->bits);
        break;
    case TYPE_FLOAT:
        snprintf(to, room, "%s", type->bits == 32 ? "float" : "double");
        break;
    case TYPE_ENUM:
        snprintf(to, room, "enum %s", type->node->name);
        break;
    case TYPE_STRUCT:
    case TYPE_GROUP:
        snprintf(to, room, "struct %s_reader", type->node->name);
        break;
    case TYPE_CAP:
        snprintf(to, room, "uint32_t");
        break;
    case TYPE_VOID:
        snprintf(to, room, "void");
        break;
    default:
        snprintf(to, room, "struct capnp_%s",
                 type->kind == TYPE_TEXT   ? "text"
                 : type->kind == TYPE_DATA ? "data"
                 : type->kind == TYPE_LIST ? "list"
                                           : "pointer");
    }
}
