/*
 * Setters of fields.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "generator.h"
#include "names.h"

#include <inttypes.h>
#include <stdio.h>

#define STATEMENT_LEN (4 * NAME_LEN_MAX + 80)

/* Chooses the field's member of its union, if it is in one. */
static void put_tag(struct generator *generator, const struct field *field)
{
    struct schema_node_struct_reader owner = schema_node_struct(field->owner->schema);

    if (field->in_union)
        put(&generator->header, "    capnp_set_u16(to.s, %" PRIu32 ", %u);\n",
            2 * schema_node_struct_discriminant_offset(owner), field->tag);
}

/* "static inline RESULT OWNER_VERB_FIELD(struct OWNER_builder toMORE) {", and the union's tag. */
static void put_begin(struct generator *generator, const struct field *field, const char *result,
                      const char *verb, const char *more)
{
    char inline_result[NAME_LEN_MAX + 40], name[2 * NAME_LEN_MAX + 16],
        params[2 * NAME_LEN_MAX + 60];

    snprintf(inline_result, sizeof(inline_result), "static inline %s", result);
    snprintf(name, sizeof(name), "%s_%s_%s", field->owner->name, verb, field->name);
    snprintf(params, sizeof(params), "struct %s_builder to%s", field->owner->name, more);
    put_function(generator, &generator->header, field, inline_result, name, params);
    put(&generator->header, "\n{\n");
    put_tag(generator, field);
}

static void put_setter(struct generator *generator, const struct field *field, const char *more,
                       const char *statement)
{
    put_begin(generator, field, "void", "set", more);
    put_statement(&generator->header, 4, statement);
    put(&generator->header, "}\n\n");
}

static void put_init(struct generator *generator, const struct field *field, const char *result,
                     const char *more, const char *statement)
{
    put_begin(generator, field, result, "init", more);
    put_statement(&generator->header, 4, statement);
    put(&generator->header, "}\n\n");
}

static void generate_data_setter(struct generator *generator, const struct field *field)
{
    uint64_t mask = value_bits(field->value);
    uint32_t bits = field->type.bits, offset = field->offset;
    char more[NAME_LEN_MAX + 40], type[NAME_LEN_MAX + 16], value[64] = "value", suffix[32] = "";
    char statement[STATEMENT_LEN];

    type_in_c(&field->type, type);
    snprintf(more, sizeof(more), ", %s value", type);
    if (mask)
        snprintf(suffix, sizeof(suffix), " ^ 0x%" PRIx64, mask);
    if (field->type.kind == TYPE_FLOAT)
        snprintf(value, sizeof(value), "capnp_f%" PRIu32 "_bits(value)", bits);
    else if (field->type.is_signed || field->type.kind == TYPE_ENUM)
        snprintf(value, sizeof(value), "(uint%" PRIu32 "_t)value", bits);
    if (field->type.kind == TYPE_BOOL)
        snprintf(statement, sizeof(statement), "capnp_set_bool(to.s, %" PRIu32 ", %svalue)", offset,
                 mask ? "!" : "");
    else
        snprintf(statement, sizeof(statement), "capnp_set_u%" PRIu32 "(to.s, %" PRIu32 ", %s%s)",
                 bits, offset, value, suffix);
    put_setter(generator, field, more, statement);
}

static void generate_struct_setters(struct generator *generator, const struct field *field)
{
    const char *name = field->type.node->name;
    char upper[NAME_LEN_MAX], text[STATEMENT_LEN], more[NAME_LEN_MAX + 40], type[NAME_LEN_MAX + 16];

    name_upper(upper, name);
    snprintf(type, sizeof(type), "struct %s_builder", name);
    snprintf(text, sizeof(text),
             "return (%s){capnp_init_struct(to.s, %" PRIu32 ", %s_DATA_WORDS, %s_POINTERS)}", type,
             field->offset, upper, upper);
    put_init(generator, field, type, "", text);
    snprintf(more, sizeof(more), ", struct %s_reader value", name);
    snprintf(text, sizeof(text), "capnp_copy_struct(to.s, %" PRIu32 ", value.s)", field->offset);
    put_setter(generator, field, more, text);
}

static void generate_list_setters(struct generator *generator, const struct field *field)
{
    char upper[NAME_LEN_MAX], text[STATEMENT_LEN];

    if (field->type.element == TYPE_STRUCT) {
        name_upper(upper, field->type.element_node->name);
        snprintf(text, sizeof(text),
                 "return capnp_init_struct_list(to.s, %" PRIu32 ", n, %s_DATA_WORDS, %s_POINTERS)",
                 field->offset, upper, upper);
    } else {
        snprintf(text, sizeof(text), "return capnp_init_list(to.s, %" PRIu32 ", %s, n)",
                 field->offset, field->type.element_size);
    }
    put_init(generator, field, "struct capnp_list_builder", ", uint32_t n", text);
    snprintf(text, sizeof(text), "capnp_copy_list(to.s, %" PRIu32 ", value)", field->offset);
    put_setter(generator, field, ", struct capnp_list value", text);
}

static void generate_pointer_setters(struct generator *generator, const struct field *field)
{
    char text[STATEMENT_LEN];
    const uint32_t i = field->offset;

    switch (field->type.kind) {
    case TYPE_TEXT:
        snprintf(text, sizeof(text), "capnp_set_text(to.s, %" PRIu32 ", value)", i);
        put_setter(generator, field, ", struct capnp_text value", text);
        break;
    case TYPE_DATA:
        snprintf(text, sizeof(text), "capnp_set_data(to.s, %" PRIu32 ", value)", i);
        put_setter(generator, field, ", struct capnp_data value", text);
        snprintf(text, sizeof(text), "return capnp_init_data(to.s, %" PRIu32 ", len)", i);
        put_init(generator, field, "uint8_t *", ", uint32_t len", text);
        break;
    case TYPE_CAP:
        snprintf(text, sizeof(text), "capnp_set_cap(to.s, %" PRIu32 ", index)", i);
        put_setter(generator, field, ", uint32_t index", text);
        break;
    default:
        snprintf(text, sizeof(text), "capnp_copy_pointer(to.s, %" PRIu32 ", value)", i);
        put_setter(generator, field, ", struct capnp_pointer value", text);
        snprintf(text, sizeof(text), "return capnp_pointer_of(to.s, %" PRIu32 ")", i);
        put_init(generator, field, "struct capnp_pointer_builder", "", text);
    }
}

/* What another member of the union may have left in a group's fields must not become theirs. */
static void put_clear(struct generator *generator, const struct node *group, unsigned depth)
{
    struct schema_node_struct_reader schema = schema_node_struct(group->schema);
    struct output *out = &generator->header;
    struct field field;

    if (schema_node_struct_discriminant_count(schema) > 0)
        put(out, "    capnp_set_u16(to.s, %" PRIu32 ", 0);\n",
            2 * schema_node_struct_discriminant_offset(schema));
    for (uint32_t i = 0; i < node_n_fields(group); i++) {
        if (is_refused(&generator->request->refusal) ||
            !field_read(generator->request, group, i, &field))
            return;
        if (field.type.kind == TYPE_GROUP && depth < DEPTH_MAX)
            put_clear(generator, field.type.node, depth + 1);
        else if (type_is_pointer(&field.type))
            put(out, "    capnp_set_cap(to.s, %" PRIu32 ", CAPNP_NO_CAP);\n", field.offset);
        else if (field.type.kind == TYPE_BOOL)
            put(out, "    capnp_set_bool(to.s, %" PRIu32 ", false);\n", field.offset);
        else if (field.type.bits)
            put(out, "    capnp_set_u%" PRIu32 "(to.s, %" PRIu32 ", 0);\n", field.type.bits,
                field.offset);
    }
}

static void generate_group_init(struct generator *generator, const struct field *field)
{
    char type[NAME_LEN_MAX + 16];

    snprintf(type, sizeof(type), "struct %s_builder", field->type.node->name);
    put_begin(generator, field, type, "init", "");
    if (field->in_union)
        put_clear(generator, field->type.node, 0);
    put(&generator->header, "    return (%s){to.s};\n}\n\n", type);
}

static void generate_void_setter(struct generator *generator, const struct field *field)
{
    if (!field->in_union)
        return;
    put_begin(generator, field, "void", "set", "");
    put(&generator->header, "}\n\n");
}

void generate_setters(struct generator *generator, const struct field *field)
{
    switch (field->type.kind) {
    case TYPE_VOID:
        generate_void_setter(generator, field);
        break;
    case TYPE_STRUCT:
        generate_struct_setters(generator, field);
        break;
    case TYPE_LIST:
        generate_list_setters(generator, field);
        break;
    case TYPE_GROUP:
        generate_group_init(generator, field);
        break;
    default:
        if (type_is_pointer(&field->type))
            generate_pointer_setters(generator, field);
        else
            generate_data_setter(generator, field);
    }
}
