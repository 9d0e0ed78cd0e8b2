/*
 * Schemas at run time: a CodeGeneratorRequest, looked up by id and by name.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/schema.h"

#include "capnp/list.h"

#include <string.h>

err_t capnp_schema_open(struct capnp_schema *schema, const void *request, size_t len)
{
    struct schema_code_generator_request_reader root;
    size_t used;
    err_t error = capnp_open_framed(&schema->message, request, len, schema->segments,
                                    CAPNP_SCHEMA_SEGMENTS_MAX, &used);

    schema->budget = schema->message.budget;
    root = schema_code_generator_request_root(&schema->message);
    schema->nodes = schema_code_generator_request_nodes(root);
    schema->comments = schema_code_generator_request_source_info(root);
    return error ? error : capnp_error(&schema->message);
}

bool capnp_schema_find(struct capnp_schema *schema, uint64_t id, struct schema_node_reader *node)
{
    capnp_schema_begin(schema);
    for (uint32_t i = 0; i < capnp_list_len(schema->nodes); i++) {
        *node = schema_node_at(schema->nodes, i);
        if (schema_node_id(*node) == id)
            return true;
    }
    return false;
}

/* NAME is the end of the node's full name, and begins where a part of that does. */
static bool is_called(struct schema_node_reader node, const char *name)
{
    struct capnp_text full = schema_node_display_name(node);
    size_t len = strlen(name);

    if (len == 0 || full.len < len || memcmp(full.at + full.len - len, name, len) != 0)
        return false;
    return full.len == len || strchr(":./", full.at[full.len - len - 1]);
}

unsigned capnp_schema_find_name(struct capnp_schema *schema, enum schema_node_which which,
                                const char *name, struct schema_node_reader *found)
{
    unsigned n = 0;

    capnp_schema_begin(schema);
    for (uint32_t i = 0; i < capnp_list_len(schema->nodes); i++) {
        struct schema_node_reader node = schema_node_at(schema->nodes, i);

        if (schema_node_which(node) != which || !is_called(node, name))
            continue;
        if (n++ == 0)
            *found = node;
    }
    return n;
}

struct capnp_text capnp_schema_name(struct schema_node_reader node)
{
    struct capnp_text full = schema_node_display_name(node);
    const char *colon = memchr(full.at, ':', full.len);
    uint32_t skipped = colon ? (uint32_t)(colon + 1 - full.at) : 0;

    return capnp_text_n(full.at + skipped, full.len - skipped);
}

static bool is(struct capnp_text text, const char *name)
{
    return text.len == strlen(name) && memcmp(text.at, name, text.len) == 0;
}

bool capnp_schema_find_field(struct capnp_schema *schema, struct schema_node_reader node,
                             const char *name, struct schema_field_reader *field)
{
    struct capnp_list fields;

    capnp_schema_begin(schema);
    fields = schema_node_struct_fields(schema_node_struct(node));
    for (uint32_t i = 0; i < capnp_list_len(fields); i++) {
        *field = schema_field_at(fields, i);
        if (is(schema_field_name(*field), name))
            return true;
    }
    return false;
}

bool capnp_schema_find_method(struct capnp_schema *schema, struct schema_node_reader node,
                              const char *name, uint16_t *ordinal,
                              struct schema_method_reader *method)
{
    struct capnp_list methods;

    capnp_schema_begin(schema);
    methods = schema_node_interface_methods(schema_node_interface(node));
    for (uint32_t i = 0; i < capnp_list_len(methods) && i <= UINT16_MAX; i++) {
        *method = schema_method_at(methods, i);
        *ordinal = (uint16_t)i;
        if (is(schema_method_name(*method), name))
            return true;
    }
    return false;
}

static struct schema_node_source_info_reader find_comments(struct capnp_schema *schema, uint64_t id)
{
    uint32_t i = 0;

    capnp_schema_begin(schema);
    while (i < capnp_list_len(schema->comments) &&
           schema_node_source_info_id(schema_node_source_info_at(schema->comments, i)) != id)
        i++;
    return schema_node_source_info_at(schema->comments, i);
}

struct capnp_text capnp_schema_comment(struct capnp_schema *schema, uint64_t id)
{
    return schema_node_source_info_doc_comment(find_comments(schema, id));
}

struct capnp_text capnp_schema_member_comment(struct capnp_schema *schema, uint64_t id,
                                              uint32_t member)
{
    struct capnp_list members = schema_node_source_info_members(find_comments(schema, id));

    return schema_node_source_info_member_doc_comment(
        schema_node_source_info_member_at(members, member));
}

struct capnp_struct_builder capnp_schema_init_root(struct capnp_schema *schema, uint64_t id,
                                                   struct capnp_builder *builder)
{
    struct schema_node_reader node;
    struct schema_node_struct_reader type;

    if (!capnp_schema_find(schema, id, &node))
        return capnp_nowhere(builder);
    type = schema_node_struct(node);
    return capnp_init_root(builder, schema_node_struct_data_word_count(type),
                           schema_node_struct_pointer_count(type));
}
