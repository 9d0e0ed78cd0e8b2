/*
 * Fields of structs and groups, checked: each lies within its struct.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "names.h"
#include "types.h"

#define NO_DISCRIMINANT 0xffff

uint32_t node_n_fields(const struct node *node)
{
    return capnp_list_len(schema_node_struct_fields(schema_node_struct(node->schema)));
}

static bool field_refuse(struct request *request, const struct field *field, const char *why)
{
    refuse(&request->refusal, schema_node_display_name(field->owner->schema), field->schema_name,
           "%s", why);
    return false;
}

/* A group has its struct's sizes; so there is one place to compare with. */
static bool slot_read(struct request *request, struct schema_field_slot_reader slot,
                      struct field *field)
{
    struct schema_node_struct_reader owner = schema_node_struct(field->owner->schema);
    struct capnp_text path = schema_node_display_name(field->owner->schema);
    uint64_t offset = schema_field_slot_offset(slot);

    field->value = schema_field_slot_default_value(slot);
    field->is_default_explicit = schema_field_slot_had_explicit_default(slot);
    if (!type_read(request, path, field->schema_name, schema_field_slot_type(slot), &field->type) ||
        !value_check(request, path, field->schema_name, &field->type, field->value))
        return false;
    if (type_is_pointer(&field->type)) {
        if (offset >= schema_node_struct_pointer_count(owner))
            return field_refuse(request, field, "its pointer lies outside the struct");
    } else if ((offset + 1) * field->type.bits > 64u * schema_node_struct_data_word_count(owner)) {
        return field_refuse(request, field, "lies outside the struct");
    }
    field->offset = (uint32_t)(field->type.bits > 1 ? offset * field->type.bits / 8 : offset);
    return true;
}

static bool group_read(struct request *request, uint64_t id, struct field *field)
{
    struct schema_node_struct_reader owner = schema_node_struct(field->owner->schema), group;

    field->type = (struct type){
        .kind = TYPE_GROUP,
        .node = request_node_of(request, id, SCHEMA_NODE_WHICH_STRUCT),
    };
    if (!field->type.node)
        return field_refuse(request, field, "its group is not there");
    group = schema_node_struct(field->type.node->schema);
    if (schema_node_struct_data_word_count(group) != schema_node_struct_data_word_count(owner) ||
        schema_node_struct_pointer_count(group) != schema_node_struct_pointer_count(owner))
        return field_refuse(request, field, "its group has another size than the struct");
    return true;
}

static bool union_read(struct request *request, struct field *field)
{
    struct schema_node_struct_reader owner = schema_node_struct(field->owner->schema);
    uint64_t end = 16 * ((uint64_t)schema_node_struct_discriminant_offset(owner) + 1);

    field->in_union = field->tag != NO_DISCRIMINANT;
    if (!field->in_union)
        return true;
    if (field->tag >= schema_node_struct_discriminant_count(owner))
        return field_refuse(request, field, "its discriminant is none of the union's");
    if (end > 64u * schema_node_struct_data_word_count(owner))
        return field_refuse(request, field, "its union's discriminant lies outside the struct");
    return true;
}

bool field_read(struct request *request, const struct node *owner, uint32_t index,
                struct field *field)
{
    struct capnp_list fields = schema_node_struct_fields(schema_node_struct(owner->schema));
    struct schema_field_reader schema = schema_field_at(fields, index);
    struct capnp_list annotations = schema_field_annotations(schema);

    *field = (struct field){
        .owner = owner,
        .schema_name = schema_field_name(schema),
        .comment = node_member_comment(owner, index),
        .tag = schema_field_discriminant_value(schema),
    };
    if (!name_join(field->name, "", field->schema_name, annotations) ||
        !name_join(field->c_name, owner->name, field->schema_name, annotations))
        return field_refuse(request, field, "its name is none for C, or too long");
    if (!union_read(request, field))
        return false;
    switch (schema_field_which(schema)) {
    case SCHEMA_FIELD_WHICH_SLOT:
        return slot_read(request, schema_field_slot(schema), field);
    case SCHEMA_FIELD_WHICH_GROUP:
        return group_read(request, schema_field_group_type_id(schema_field_group(schema)), field);
    }
    return field_refuse(request, field, "is of an unknown kind");
}
