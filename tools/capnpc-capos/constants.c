/*
 * Constants: macros for numbers and texts, functions for data, lists and structs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "generator.h"
#include "names.h"

#include <inttypes.h>
#include <stdio.h>

/* As a string of C; "?" is escaped because of trigraphs. */
static void put_text(struct output *out, struct capnp_text text)
{
    put(out, "\"");
    for (uint32_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        if (byte == '"' || byte == '\\' || byte == '?')
            put(out, "\\%c", byte);
        else if (byte == '\n')
            put(out, "\\n");
        else if (byte >= ' ' && byte < 0x7f)
            put(out, "%c", byte);
        else
            put(out, "\\%03o", byte);
    }
    put(out, "\"");
}

/* Decimal, and such that it has the type's width and sign in any expression. */
static void put_integer(struct output *out, const struct type *type, uint64_t bits)
{
    int64_t value = (int64_t)(bits << (64 - type->bits)) >> (64 - type->bits);

    if (!type->is_signed)
        put(out, "%" PRIu64 "%s", bits, type->bits == 64 ? "ul" : type->bits == 32 ? "u" : "");
    else if (value == INT64_MIN || value == INT32_MIN)
        put(out, "(%" PRId64 "%s - 1)", value + 1, type->bits == 64 ? "l" : "");
    else
        put(out, value < 0 ? "(%" PRId64 "%s)" : "%" PRId64 "%s", value,
            type->bits == 64 ? "l" : "");
}

/* The enumerator, or a number for which the enum has none. */
static void put_enumerator(struct output *out, const struct node *node, uint64_t value)
{
    struct capnp_list list = schema_node_enum_enumerants(schema_node_enum(node->schema));
    struct schema_enumerant_reader enumerant = schema_enumerant_at(list, (uint32_t)value);
    char name[NAME_LEN_MAX], upper[NAME_LEN_MAX];

    if (value < capnp_list_len(list) &&
        name_join(name, node->name, schema_enumerant_name(enumerant),
                  schema_enumerant_annotations(enumerant))) {
        name_upper(upper, name);
        put(out, "%s", upper);
    } else {
        put(out, "((enum %s)%" PRIu64 ")", node->name, value);
    }
}

static void put_data(struct generator *generator, const struct node *node, const struct type *type,
                     struct schema_value_reader value)
{
    uint64_t bits = value_bits(value);
    struct output *out = &generator->header;
    char upper[NAME_LEN_MAX];

    name_upper(upper, node->name);
    declare(generator, node, capnp_text(""), upper);
    put(out, "#define %s ", upper);
    if (type->kind == TYPE_BOOL)
        put(out, "%s", bits ? "true" : "false");
    else if (type->kind == TYPE_FLOAT)
        put(out, "capnp_f%" PRIu32 "_of(0x%" PRIx64 ")", type->bits, bits);
    else if (type->kind == TYPE_ENUM)
        put_enumerator(out, type->node, bits);
    else
        put_integer(out, type, bits);
    put(out, "\n\n");
    generator->has_floats |= type->kind == TYPE_FLOAT;
}

static void put_text_constant(struct generator *generator, const struct node *node,
                              struct schema_value_reader value)
{
    char upper[NAME_LEN_MAX];

    name_upper(upper, node->name);
    declare(generator, node, capnp_text(""), upper);
    put(&generator->header, "#define %s ", upper);
    put_text(&generator->header, schema_value_text(value));
    put(&generator->header, "\n\n");
}

static void put_pointer(struct generator *generator, const struct node *node,
                        const struct type *type, struct schema_value_reader value)
{
    struct output *out = &generator->header;
    char words[NAME_LEN_MAX + 16], in_c[NAME_LEN_MAX + 16], result[NAME_LEN_MAX + 40];

    snprintf(words, sizeof(words), "%s_words", node->name);
    type_in_c(type, in_c);
    snprintf(result, sizeof(result), "static inline %s", in_c);
    generate_words(generator, node, capnp_text(""), words, type, value);
    declare(generator, node, capnp_text(""), node->name);
    put_head(out, result, node->name, "void");
    put(out, "\n{\n    return ");
    if (type->kind == TYPE_STRUCT)
        put(out, "(%s){capnp_pointer_struct(capnp_constant(%s))}", in_c, words);
    else if (type->kind == TYPE_LIST)
        put(out, "capnp_pointer_list(capnp_constant(%s), %s)", words, type->element_size);
    else if (type->kind == TYPE_DATA)
        put(out, "capnp_pointer_data(capnp_constant(%s))", words);
    else
        put(out, "capnp_constant(%s)", words);
    put(out, ";\n}\n\n");
}

void generate_constant(struct generator *generator, const struct node *node)
{
    struct schema_node_const_reader schema = schema_node_const(node->schema);
    struct schema_value_reader value = schema_node_const_value(schema);
    struct type type;

    put_comment(&generator->header, "", node->comment.at, node->comment.len);
    if (!type_read(generator->request, schema_node_display_name(node->schema), capnp_text(""),
                   schema_node_const_type(schema), &type))
        return;
    if (!value_check(generator->request, schema_node_display_name(node->schema), capnp_text(""),
                     &type, value))
        return;
    if (type.kind == TYPE_VOID || type.kind == TYPE_CAP)
        refuse(&generator->request->refusal, schema_node_display_name(node->schema), capnp_text(""),
               "a constant of this type has no value in C");
    else if (type.kind == TYPE_TEXT)
        put_text_constant(generator, node, value);
    else if (type_is_pointer(&type))
        put_pointer(generator, node, &type, value);
    else
        put_data(generator, node, &type, value);
}
