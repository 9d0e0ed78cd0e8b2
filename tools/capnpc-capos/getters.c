/*
 * Getters of fields.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "generator.h"

#include <inttypes.h>
#include <stdio.h>

#define EXPRESSION_LEN (3 * NAME_LEN_MAX + 80)

/* "static inline TYPE NAME(struct OWNER_reader from) { return VALUE; }" */
static void put_getter(struct generator *generator, const struct field *field, const char *type,
                       const char *name, const char *value)
{
    char result[NAME_LEN_MAX + 40], params[NAME_LEN_MAX + 40], statement[EXPRESSION_LEN + 8];

    snprintf(result, sizeof(result), "static inline %s", type);
    snprintf(params, sizeof(params), "struct %s_reader from", field->owner->name);
    put_function(generator, &generator->header, field, result, name, params);
    snprintf(statement, sizeof(statement), "return %s", value);
    put(&generator->header, "\n{\n");
    put_statement(&generator->header, 4, statement);
    put(&generator->header, "}\n\n");
}

static void data_getter(const struct field *field, char *value)
{
    uint64_t mask = value_bits(field->value);
    char bits[96], type[NAME_LEN_MAX + 16];

    snprintf(bits, sizeof(bits),
             mask ? "capnp_u%" PRIu32 "(from.s, %" PRIu32 ") ^ 0x%" PRIx64
                  : "capnp_u%" PRIu32 "(from.s, %" PRIu32 ")",
             field->type.bits, field->offset, mask);
    type_in_c(&field->type, type);
    if (field->type.kind == TYPE_BOOL)
        snprintf(value, EXPRESSION_LEN, "%scapnp_bool(from.s, %" PRIu32 ")", mask ? "!" : "",
                 field->offset);
    else if (field->type.kind == TYPE_FLOAT)
        snprintf(value, EXPRESSION_LEN, "capnp_f%" PRIu32 "_of(%s)", field->type.bits, bits);
    else if (field->type.kind == TYPE_ENUM || field->type.is_signed)
        snprintf(value, EXPRESSION_LEN, mask ? "(%s)(%s)" : "(%s)%s", type, bits);
    else
        snprintf(value, EXPRESSION_LEN, "%s", bits);
}

/* A pointer's default is a constant, which is read when the pointer is null. */
static bool has_default(const struct field *field)
{
    switch (field->type.kind) {
    case TYPE_TEXT:
        return schema_value_has_text(field->value) && schema_value_text(field->value).len > 0;
    case TYPE_DATA:
        return schema_value_has_data(field->value) && schema_value_data(field->value).len > 0;
    case TYPE_LIST:
        return field->is_default_explicit && schema_value_has_list(field->value);
    case TYPE_STRUCT:
        return field->is_default_explicit && schema_value_has_struct(field->value);
    default:
        return false;
    }
}

static void pointer_getter(struct generator *generator, const struct field *field, char *value)
{
    const struct type *type = &field->type;
    char pointer[2 * NAME_LEN_MAX + 40], name[NAME_LEN_MAX + 16];

    snprintf(pointer, sizeof(pointer), "capnp_get_pointer(from.s, %" PRIu32 ")", field->offset);
    if (has_default(field)) {
        snprintf(name, sizeof(name), "%s_default", field->c_name);
        generate_words(generator, field->owner, field->schema_name, name, type, field->value);
        snprintf(pointer, sizeof(pointer), "capnp_or(capnp_get_pointer(from.s, %" PRIu32 "), %s)",
                 field->offset, name);
    }
    if (type->kind == TYPE_STRUCT)
        snprintf(value, EXPRESSION_LEN, "(struct %s_reader){capnp_pointer_struct(%s)}",
                 type->node->name, pointer);
    else if (type->kind == TYPE_LIST)
        snprintf(value, EXPRESSION_LEN, "capnp_pointer_list(%s, %s)", pointer, type->element_size);
    else if (type->kind == TYPE_POINTER)
        snprintf(value, EXPRESSION_LEN, "%s", pointer);
    else
        snprintf(value, EXPRESSION_LEN, "capnp_pointer_%s(%s)",
                 type->kind == TYPE_TEXT   ? "text"
                 : type->kind == TYPE_DATA ? "data"
                                           : "cap",
                 pointer);
}

void generate_getters(struct generator *generator, const struct field *field)
{
    char value[EXPRESSION_LEN], type[NAME_LEN_MAX + 16], name[2 * NAME_LEN_MAX + 8];

    if (field->type.kind != TYPE_VOID || field->in_union)
        put_comment(&generator->header, "", field->comment.at, field->comment.len);
    if (field->type.kind == TYPE_VOID)
        return;
    type_in_c(&field->type, type);
    if (type_is_pointer(&field->type)) {
        pointer_getter(generator, field, value);
    } else if (field->type.kind == TYPE_GROUP) {
        snprintf(value, sizeof(value), "(%s){from.s}", type);
    } else {
        generator->has_floats |= field->type.kind == TYPE_FLOAT;
        data_getter(field, value);
    }
    put_getter(generator, field, type, field->c_name, value);
    if (type_is_pointer(&field->type)) {
        snprintf(name, sizeof(name), "%s_has_%s", field->owner->name, field->name);
        snprintf(value, sizeof(value), "capnp_has(from.s, %" PRIu32 ")", field->offset);
        put_getter(generator, field, "bool", name, value);
    }
}
