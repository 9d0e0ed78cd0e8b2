/*
 * Structs and groups: their types in C, their sizes, their unions, and the fields one after the
 * other. SPDX-License-Identifier: Apache-2.0
 */
#include "generator.h"
#include "names.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_group(const struct node *node)
{
    return schema_node_struct_is_group(schema_node_struct(node->schema));
}

static void declare_with(struct generator *generator, const struct node *node, const char *name,
                         const char *end)
{
    char whole[NAME_LEN_MAX + 16];

    snprintf(whole, sizeof(whole), "%s%s", name, end);
    declare(generator, node, capnp_text(""), whole);
}

static void declare_type(struct generator *generator, const struct node *node, const char *end)
{
    char whole[NAME_LEN_MAX + 16];

    snprintf(whole, sizeof(whole), "%s%s", node->name, end);
    declare_tag(generator, node, whole);
}

static void put_sizes(struct generator *generator, const struct node *node)
{
    struct schema_node_struct_reader schema = schema_node_struct(node->schema);
    unsigned data_words = schema_node_struct_data_word_count(schema);
    unsigned n_pointers = schema_node_struct_pointer_count(schema);
    struct output *out = &generator->header;
    char upper[NAME_LEN_MAX];

    name_upper(upper, node->name);
    declare_with(generator, node, upper, "_DATA_WORDS");
    declare_with(generator, node, upper, "_POINTERS");
    declare_with(generator, node, upper, "_WORDS");
    put(out, "#define %s_DATA_WORDS %u\n", upper, data_words);
    put(out, "#define %s_POINTERS   %u\n", upper, n_pointers);
    put(out, "#define %s_WORDS      %u\n", upper, data_words + n_pointers);
}

static struct capnp_text member_name(const struct node *node, uint32_t i)
{
    struct capnp_list fields = schema_node_struct_fields(schema_node_struct(node->schema));

    return schema_field_name(schema_field_at(fields, i));
}

/* The members of a union by discriminant, each there once; to be freed. NULL: refused. */
static uint32_t *union_members(struct generator *generator, const struct node *node, uint32_t n)
{
    struct refusal *refusal = &generator->request->refusal;
    struct capnp_text path = schema_node_display_name(node->schema);
    uint32_t *members = calloc(n, sizeof(*members));
    struct field field;

    if (!members)
        refuse(refusal, path, capnp_text(""), "no memory for its union");
    for (uint32_t i = 0; members && i < node_n_fields(node); i++) {
        if (!field_read(generator->request, node, i, &field))
            break;
        if (field.in_union && members[field.tag])
            refuse(refusal, path, field.schema_name,
                   "another member of the union has its discriminant");
        if (field.in_union)
            members[field.tag] = i + 1;
    }
    for (uint32_t tag = 0; members && tag < n; tag++)
        if (!members[tag])
            refuse(refusal, path, capnp_text(""), "its union has no member %u", tag);
    if (is_refused(refusal)) {
        free(members);
        members = NULL;
    }
    return members;
}

static void put_which(struct generator *generator, const struct node *node, uint32_t n)
{
    uint32_t *members = union_members(generator, node, n);
    struct output *out = &generator->header;
    char upper[NAME_LEN_MAX], name[NAME_LEN_MAX + 16];
    struct field field;

    if (!members)
        return;
    declare_type(generator, node, "_which");
    put(out, "enum %s_which {\n", node->name);
    for (uint32_t tag = 0; tag < n; tag++) {
        field_read(generator->request, node, members[tag] - 1, &field);
        if (snprintf(name, sizeof(name), "%s_which_%s", node->name, field.name) >= NAME_LEN_MAX)
            refuse(&generator->request->refusal, schema_node_display_name(node->schema),
                   field.schema_name, "its name is too long for C");
        name_upper(upper, name);
        declare(generator, node, member_name(node, members[tag] - 1), upper);
        put(out, "    %s,\n", upper);
    }
    put(out, "};\n");
    free(members);
}

void generate_struct_types(struct generator *generator, const struct node *node)
{
    uint32_t n = schema_node_struct_discriminant_count(schema_node_struct(node->schema));
    struct output *out = &generator->header;

    put_comment(out, "", node->comment.at, node->comment.len);
    if (schema_node_is_generic(node->schema) ||
        capnp_list_len(schema_node_parameters(node->schema)) > 0)
        refuse(&generator->request->refusal, schema_node_display_name(node->schema), capnp_text(""),
               "generic struct is not supported");
    if (!is_group(node))
        put_sizes(generator, node);
    declare_type(generator, node, "_reader");
    declare_type(generator, node, "_builder");
    put(out, "struct %s_reader { struct capnp_struct s; };\n", node->name);
    put(out, "struct %s_builder { struct capnp_struct_builder s; };\n", node->name);
    if (n > 0)
        put_which(generator, node, n);
    put(out, "\n");
}

void put_function(struct generator *generator, struct output *out, const struct field *field,
                  const char *result, const char *name, const char *params)
{
    declare(generator, field->owner, field->schema_name, name);
    put_head(out, result, name, params);
}

/* A function of the whole struct, of one statement. */
static void put_whole(struct generator *generator, const struct node *node, const char *type,
                      const char *name, const char *params, const char *value)
{
    struct output *out = &generator->header;
    char result[NAME_LEN_MAX + 40], whole[NAME_LEN_MAX + 16], statement[5 * NAME_LEN_MAX];

    snprintf(result, sizeof(result), "static inline struct %s_%s", node->name, type);
    snprintf(whole, sizeof(whole), "%s_%s", node->name, name);
    declare(generator, node, capnp_text(""), whole);
    put_head(out, result, whole, params);
    snprintf(statement, sizeof(statement), "return (struct %s_%s){%s}", node->name, type, value);
    put(out, "\n{\n");
    put_statement(out, 4, statement);
    put(out, "}\n\n");
}

static void put_constructors(struct generator *generator, const struct node *node)
{
    char upper[NAME_LEN_MAX], root[3 * NAME_LEN_MAX];

    name_upper(upper, node->name);
    snprintf(root, sizeof(root), "capnp_init_root(builder, %s_DATA_WORDS, %s_POINTERS)", upper,
             upper);
    put_whole(generator, node, "reader", "root", "struct capnp_message *message",
              "capnp_root(message)");
    put_whole(generator, node, "builder", "init_root", "struct capnp_builder *builder", root);
    if (schema_node_scope_id(node->schema) == 0) /* of a method: never an element */
        return;
    put_whole(generator, node, "reader", "at", "struct capnp_list from, uint32_t i",
              "capnp_list_struct(from, i)");
    put_whole(generator, node, "builder", "init_at", "struct capnp_list_builder to, uint32_t i",
              "capnp_struct_of(to, i)");
}

static void put_which_getter(struct generator *generator, const struct node *node)
{
    uint32_t offset = schema_node_struct_discriminant_offset(schema_node_struct(node->schema));
    struct output *out = &generator->header;
    char result[NAME_LEN_MAX + 40], name[NAME_LEN_MAX + 16], params[NAME_LEN_MAX + 40];

    snprintf(result, sizeof(result), "static inline enum %s_which", node->name);
    snprintf(name, sizeof(name), "%s_which", node->name);
    snprintf(params, sizeof(params), "struct %s_reader from", node->name);
    declare(generator, node, capnp_text(""), name);
    put_head(out, result, name, params);
    put(out, "\n{\n    return (enum %s_which)capnp_u16(from.s, %u);\n}\n\n", node->name,
        2 * offset);
}

void generate_struct_fields(struct generator *generator, const struct node *node)
{
    struct field field;

    if (!is_group(node))
        put_constructors(generator, node);
    if (schema_node_struct_discriminant_count(schema_node_struct(node->schema)) > 0)
        put_which_getter(generator, node);
    for (uint32_t i = 0; i < node_n_fields(node); i++) {
        if (is_refused(&generator->request->refusal) ||
            !field_read(generator->request, node, i, &field))
            return;
        generate_getters(generator, &field);
        generate_setters(generator, &field);
    }
}
