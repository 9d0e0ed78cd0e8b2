/*
 * Interfaces: their ids, the numbers of their methods, and what is refused of them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "methods.h"
#include "names.h"

#include <inttypes.h>
#include <stdio.h>

static void interface_refuse(struct generator *generator, const struct node *node,
                             struct capnp_text method, const char *why)
{
    refuse(&generator->request->refusal, schema_node_display_name(node->schema), method, "%s", why);
}

static const struct node *message_read(struct generator *generator, const struct node *interface,
                                       struct capnp_text method, uint64_t id,
                                       struct schema_brand_reader brand)
{
    const struct node *node = request_node_of(generator->request, id, SCHEMA_NODE_WHICH_STRUCT);
    struct capnp_text path = schema_node_display_name(interface->schema);

    if (!node)
        interface_refuse(generator, interface, method,
                         "its parameters or results are no struct of a known file");
    else if (brand_check(generator->request, path, method, brand))
        generator->request->nodes[node->file].is_used = true;
    return node;
}

uint32_t interface_n_methods(const struct node *node)
{
    return capnp_list_len(schema_node_interface_methods(schema_node_interface(node->schema)));
}

bool method_read(struct generator *generator, const struct node *node, uint32_t index,
                 struct method *method)
{
    struct schema_method_reader schema =
        schema_method_at(schema_node_interface_methods(schema_node_interface(node->schema)), index);
    struct capnp_list annotations = schema_method_annotations(schema);

    *method = (struct method){
        .interface = node,
        .schema_name = schema_method_name(schema),
        .comment = node_member_comment(node, index),
    };
    if (capnp_list_len(schema_method_implicit_parameters(schema)) > 0)
        interface_refuse(generator, node, method->schema_name, "generic method is not supported");
    if (!name_join(method->name, "", method->schema_name, annotations) ||
        !name_join(method->c_name, node->name, method->schema_name, annotations))
        interface_refuse(generator, node, method->schema_name,
                         "its name is none for C, or too long");
    name_upper(method->upper, method->c_name);
    if (schema_method_result_struct_type(schema) == STREAM_RESULT)
        interface_refuse(generator, node, method->schema_name,
                         "a stream as results is not supported");
    if (is_refused(&generator->request->refusal))
        return false;
    method->params =
        message_read(generator, node, method->schema_name, schema_method_param_struct_type(schema),
                     schema_method_param_brand(schema));
    method->results =
        message_read(generator, node, method->schema_name, schema_method_result_struct_type(schema),
                     schema_method_result_brand(schema));
    return !is_refused(&generator->request->refusal);
}

void generate_interface(struct generator *generator, const struct node *node)
{
    struct output *out = &generator->header;
    char upper[NAME_LEN_MAX], name[NAME_LEN_MAX + 16];
    struct method method;

    generator->has_interfaces = true;
    if (schema_node_is_generic(node->schema) ||
        capnp_list_len(schema_node_parameters(node->schema)) > 0)
        interface_refuse(generator, node, capnp_text(""), "generic interface is not supported");
    if (capnp_list_len(schema_node_interface_superclasses(schema_node_interface(node->schema))) > 0)
        interface_refuse(generator, node, capnp_text(""),
                         "an interface that extends others is not supported");
    put_comment(out, "", node->comment.at, node->comment.len);
    name_upper(upper, node->name);
    snprintf(name, sizeof(name), "INTERFACE_%s", upper);
    declare(generator, node, capnp_text(""), name);
    put(out, "#define %s 0x%016" PRIx64 "\nenum {\n", name, node->id);
    for (uint32_t i = 0; i < interface_n_methods(node); i++) {
        if (!method_read(generator, node, i, &method))
            return;
        put_comment(out, "    ", method.comment.at, method.comment.len);
        declare(generator, node, method.schema_name, method.upper);
        put(out, "    %s,\n", method.upper);
    }
    snprintf(name, sizeof(name), "%s_METHODS", upper);
    declare(generator, node, capnp_text(""), name);
    put(out, "    %s\n};\n\n", name);
}
