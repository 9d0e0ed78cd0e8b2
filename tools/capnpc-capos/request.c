/*
 * What `capnp compile` asks of a plugin: its nodes by id, each with the name that it has in C.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "request.h"

#include "names.h"

#include <stdlib.h>

const struct node *request_node(const struct request *request, uint64_t id)
{
    uint32_t low = 0, high = request->n_nodes;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (request->nodes[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < request->n_nodes && request->nodes[low].id == id ? &request->nodes[low] : NULL;
}

const struct node *request_node_of(const struct request *request, uint64_t id,
                                   enum schema_node_which kind)
{
    const struct node *node = request_node(request, id);

    return node && node->kind == kind && node->file != NO_NODE ? node : NULL;
}

struct capnp_text node_member_comment(const struct node *node, uint32_t index)
{
    if (index >= capnp_list_len(node->member_comments))
        return capnp_text("");
    return schema_node_source_info_member_doc_comment(
        schema_node_source_info_member_at(node->member_comments, index));
}

static int compare_ids(const void *a, const void *b)
{
    const struct node *first = a, *second = b;

    return first->id < second->id ? -1 : first->id > second->id;
}

static void nodes_read(struct request *request)
{
    struct capnp_list list = schema_code_generator_request_nodes(request->schema);
    uint32_t n = capnp_list_len(list);

    if (n > NODES_MAX) {
        refuse(&request->refusal, capnp_text("request"), capnp_text(""), "more than %u nodes",
               NODES_MAX);
        return;
    }
    request->nodes = calloc(n + 1, sizeof(*request->nodes));
    if (!request->nodes) {
        refuse(&request->refusal, capnp_text("request"), capnp_text(""), "no memory for %u nodes",
               n);
        return;
    }
    for (uint32_t i = 0; i < n; i++) {
        struct node *node = &request->nodes[i];

        node->schema = schema_node_at(list, i);
        node->id = schema_node_id(node->schema);
        node->kind = schema_node_which(node->schema);
        node->file = node->next = NO_NODE;
    }
    request->n_nodes = n;
    qsort(request->nodes, n, sizeof(*request->nodes), compare_ids);
    for (uint32_t i = 1; i < n; i++)
        if (request->nodes[i].id == request->nodes[i - 1].id)
            refuse(&request->refusal, schema_node_display_name(request->nodes[i].schema),
                   capnp_text(""), "two declarations have the id @0x%llx",
                   (unsigned long long)request->nodes[i].id);
}

static void comments_read(struct request *request)
{
    struct capnp_list list = schema_code_generator_request_source_info(request->schema);

    for (uint32_t i = 0; i < capnp_list_len(list); i++) {
        struct schema_node_source_info_reader info = schema_node_source_info_at(list, i);
        struct node *node = (struct node *)request_node(request, schema_node_source_info_id(info));

        if (!node)
            continue;
        node->comment = schema_node_source_info_doc_comment(info);
        node->member_comments = schema_node_source_info_members(info);
    }
}

/* A walk over a file's declarations, each of which joins the file's chain behind `last`. */
struct walk {
    struct request *request;
    uint32_t file, last, depth;
};

static void walk_children(struct walk *, const struct node *);

/* What the request lacks is only referred to by name. Nothing may be declared in two places. */
static void walk_child(struct walk *walk, const struct node *parent, uint64_t id,
                       struct capnp_text name, struct capnp_list annotations)
{
    struct request *request = walk->request;
    struct node *node = (struct node *)request_node(request, id);

    if (!node || is_refused(&request->refusal))
        return;
    if (node->file != NO_NODE || node->kind == SCHEMA_NODE_WHICH_FILE || walk->depth == DEPTH_MAX) {
        refuse(&request->refusal, schema_node_display_name(node->schema), capnp_text(""),
               walk->depth == DEPTH_MAX ? "more than %d declarations around it"
                                        : "is declared in two places",
               DEPTH_MAX);
        return;
    }
    if (!name_join(node->name, parent->name, name, annotations)) {
        refuse(&request->refusal, schema_node_display_name(node->schema), capnp_text(""),
               "its name is none for C, or longer than %d characters", NAME_LEN_MAX - 1);
        return;
    }
    node->file = walk->file;
    request->nodes[walk->last].next = (uint32_t)(node - request->nodes);
    walk->last = (uint32_t)(node - request->nodes);
    walk->depth++;
    walk_children(walk, node);
    walk->depth--;
}

static void walk_groups(struct walk *walk, const struct node *node)
{
    struct capnp_list fields = schema_node_struct_fields(schema_node_struct(node->schema));

    for (uint32_t i = 0; i < capnp_list_len(fields); i++) {
        struct schema_field_reader field = schema_field_at(fields, i);

        if (schema_field_which(field) == SCHEMA_FIELD_WHICH_GROUP)
            walk_child(walk, node, schema_field_group_type_id(schema_field_group(field)),
                       schema_field_name(field), schema_field_annotations(field));
    }
}

/* Parameters or results that are listed with the method have a struct without a scope. */
static void walk_message(struct walk *walk, const struct node *parent, uint64_t id,
                         const char *name)
{
    const struct node *node = request_node(walk->request, id);

    if (node && node->kind == SCHEMA_NODE_WHICH_STRUCT && schema_node_scope_id(node->schema) == 0)
        walk_child(walk, parent, id, capnp_text(name), (struct capnp_list){0});
}

static void walk_methods(struct walk *walk, const struct node *node)
{
    struct capnp_list methods = schema_node_interface_methods(schema_node_interface(node->schema));

    for (uint32_t i = 0; i < capnp_list_len(methods); i++) {
        struct schema_method_reader method = schema_method_at(methods, i);
        struct node parent = {0};

        if (!name_join(parent.name, node->name, schema_method_name(method),
                       schema_method_annotations(method)))
            refuse(&walk->request->refusal, schema_node_display_name(node->schema),
                   schema_method_name(method),
                   "its name is none for C, or longer than %d characters", NAME_LEN_MAX - 1);
        walk_message(walk, &parent, schema_method_param_struct_type(method), "params");
        walk_message(walk, &parent, schema_method_result_struct_type(method), "results");
    }
}

static void walk_children(struct walk *walk, const struct node *node)
{
    struct capnp_list nested = schema_node_nested_nodes(node->schema);

    if (node->kind == SCHEMA_NODE_WHICH_STRUCT)
        walk_groups(walk, node);
    if (node->kind == SCHEMA_NODE_WHICH_INTERFACE)
        walk_methods(walk, node);
    for (uint32_t i = 0; i < capnp_list_len(nested); i++) {
        struct schema_node_nested_node_reader child = schema_node_nested_node_at(nested, i);
        const struct node *found = request_node(walk->request, schema_node_nested_node_id(child));

        if (found)
            walk_child(walk, node, found->id, schema_node_nested_node_name(child),
                       schema_node_annotations(found->schema));
    }
}

static void file_read(struct request *request, struct node *file)
{
    struct walk walk = {.request = request, .file = (uint32_t)(file - request->nodes)};

    walk.last = walk.file;
    file->file = walk.file;
    if (!name_prefix(file->name, schema_node_annotations(file->schema)))
        refuse(&request->refusal, schema_node_display_name(file->schema), capnp_text(""),
               "its prefix is no name in lower case");
    walk_children(&walk, file);
}

void request_open(struct request *request, struct capnp_message *message)
{
    *request =
        (struct request){.message = message, .schema = schema_code_generator_request_root(message)};
    nodes_read(request);
    if (is_refused(&request->refusal))
        return;
    comments_read(request);
    for (uint32_t i = 0; i < request->n_nodes && !is_refused(&request->refusal); i++)
        if (request->nodes[i].kind == SCHEMA_NODE_WHICH_FILE)
            file_read(request, &request->nodes[i]);
    if (capnp_error(message))
        refuse(&request->refusal, capnp_text("request"), capnp_text(""), "is not a valid message");
}

void request_close(struct request *request)
{
    free(request->nodes);
    request->nodes = NULL;
}
