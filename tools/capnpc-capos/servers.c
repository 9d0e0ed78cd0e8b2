/*
 * Servers of an interface: the table of its methods, and what calls them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "methods.h"
#include "names.h"

#include <stdio.h>

static void declare_with(struct generator *generator, const struct node *node, const char *name,
                         const char *end)
{
    char whole[NAME_LEN_MAX + 16];

    snprintf(whole, sizeof(whole), "%s%s", name, end);
    declare(generator, node, capnp_text(""), whole);
}

static void put_table(struct generator *generator, const struct node *node)
{
    struct output *out = &generator->calls_header;
    char whole[NAME_LEN_MAX + 16];
    struct method method;

    snprintf(whole, sizeof(whole), "%s_server", node->name);
    declare_tag(generator, node, whole);
    put(out, "struct %s {\n", whole);
    for (uint32_t i = 0; i < interface_n_methods(node) && method_read(generator, node, i, &method);
         i++) {
        char name[NAME_LEN_MAX], params[2 * NAME_LEN_MAX + 80];

        name_param(name, method.name);
        snprintf(whole, sizeof(whole), "(*%s)", name);
        snprintf(params, sizeof(params),
                 "void *object, struct incoming *, struct %s_reader, struct %s_builder",
                 method.params->name, method.results->name);
        put_head(out, "    struct outcome", whole, params);
        put(out, ";\n");
    }
    put(out, "};\n\n");
}

static void put_case(struct output *out, const struct method *method)
{
    char name[NAME_LEN_MAX], statement[4 * NAME_LEN_MAX];

    name_param(name, method->name);
    put(out, "    case %s:\n        if (!methods->%s)\n            break;\n", method->upper, name);
    snprintf(statement, sizeof(statement),
             "return methods->%s(object, incoming, %s_root(&incoming->params), "
             "%s_init_root(&incoming->results))",
             name, method->params->name, method->results->name);
    put_statement(out, 8, statement);
}

static void put_dispatch(struct generator *generator, const struct node *node)
{
    static const char params[] = "const void *server, void *object, struct incoming *incoming";
    struct output *out = &generator->calls_source;
    char name[NAME_LEN_MAX + 16];
    struct method method;

    snprintf(name, sizeof(name), "%s_dispatch", node->name);
    declare(generator, node, capnp_text(""), name);
    put_head(&generator->calls_header, "struct outcome", name, params);
    put(&generator->calls_header, ";\n");
    put_head(out, "struct outcome", name, params);
    put(out,
        "\n{\n    const struct %s_server *methods = server;\n\n    switch (incoming->method) {\n",
        node->name);
    for (uint32_t i = 0; i < interface_n_methods(node) && method_read(generator, node, i, &method);
         i++)
        put_case(out, &method);
    put(out, "    }\n    return incoming_unimplemented(incoming);\n}\n\n");
}

void generate_server(struct generator *generator, const struct node *node)
{
    char upper[NAME_LEN_MAX];

    if (interface_n_methods(node) == 0)
        return;
    put(&generator->calls_header, "/* Methods that are NULL are refused as unimplemented. */\n");
    put_table(generator, node);
    put_dispatch(generator, node);
    name_upper(upper, node->name);
    declare_with(generator, node, upper, "_SERVICE");
    put(&generator->calls_header,
        "#define %s_SERVICE(table) \\\n    ((struct service_interface){INTERFACE_%s, %s_dispatch, "
        "&(table)})\n\n",
        upper, upper, node->name);
}
