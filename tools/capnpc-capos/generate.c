/*
 * From a request to the files that it asks for.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "generate.h"

#include "generator.h"
#include "outputs.h"

#include <string.h>

static const struct node *next_node(const struct generator *generator, const struct node *node)
{
    return node->next == NO_NODE || is_refused(&generator->request->refusal)
               ? NULL
               : &generator->request->nodes[node->next];
}

static void generate_overview(struct generator *generator)
{
    const struct node *node = generator->file;

    while ((node = next_node(generator, node)))
        switch (node->kind) {
        case SCHEMA_NODE_WHICH_ENUM:
            generate_enum(generator, node);
            break;
        case SCHEMA_NODE_WHICH_STRUCT:
            generate_struct_types(generator, node);
            break;
        case SCHEMA_NODE_WHICH_INTERFACE:
            generate_interface(generator, node);
            break;
        case SCHEMA_NODE_WHICH_CONST:
            generate_constant(generator, node);
            break;
        case SCHEMA_NODE_WHICH_ANNOTATION:
            break;
        default:
            refuse(&generator->request->refusal, schema_node_display_name(node->schema),
                   capnp_text(""), "is a declaration of an unknown kind");
        }
}

void put_title(struct output *out, const struct node *node)
{
    struct capnp_text name = schema_node_display_name(node->schema);
    const char *colon = memchr(name.at, ':', name.len);
    uint32_t at = colon ? (uint32_t)(colon + 1 - name.at) : 0;

    put_comment(out, "", name.at + at, name.len - at);
    put(out, "\n");
}

static void generate_fields(struct generator *generator)
{
    const struct node *node = generator->file;

    while ((node = next_node(generator, node)))
        if (node->kind == SCHEMA_NODE_WHICH_STRUCT) {
            put_title(&generator->header, node);
            generate_struct_fields(generator, node);
        }
}

static void generate_calls(struct generator *generator)
{
    const struct node *node = generator->file;

    while ((node = next_node(generator, node)))
        if (node->kind == SCHEMA_NODE_WHICH_INTERFACE) {
            generate_clients(generator, node);
            generate_server(generator, node);
        }
}

static void generate_file(struct request *request, struct files *files,
                          struct schema_code_generator_request_requested_file_reader file)
{
    uint64_t id = schema_code_generator_request_requested_file_id(file);
    struct capnp_text name = schema_code_generator_request_requested_file_filename(file);
    struct generator generator = {
        .request = request,
        .file = request_node_of(request, id, SCHEMA_NODE_WHICH_FILE),
    };

    if (!generator.file || !is_output_path(name)) {
        refuse(&request->refusal, name, capnp_text(""),
               generator.file ? "is no path for an output" : "the request lacks this file");
        return;
    }
    for (uint32_t i = 0; i < request->n_nodes; i++)
        request->nodes[i].is_used = false;
    generate_overview(&generator);
    generate_fields(&generator);
    generate_calls(&generator);
    outputs_add(&generator, files, name);
    output_free(&generator.header);
    output_free(&generator.source);
    output_free(&generator.calls_header);
    output_free(&generator.calls_source);
    symbols_free(&generator.symbols);
}

void generate(struct request *request, struct files *files)
{
    struct capnp_list list = schema_code_generator_request_requested_files(request->schema);

    for (uint32_t i = 0; i < capnp_list_len(list) && !is_refused(&request->refusal); i++)
        generate_file(request, files, schema_code_generator_request_requested_file_at(list, i));
    if (capnp_error(request->message))
        refuse(&request->refusal, capnp_text("request"), capnp_text(""), "is not a valid message");
}
