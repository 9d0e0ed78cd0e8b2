/*
 * Typed clients of an interface: its methods in steps, and as one function each if they are flat.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "flat.h"
#include "names.h"

#include <stdio.h>
#include <stdlib.h>

static unsigned words_of(const struct node *node)
{
    struct schema_node_struct_reader schema = schema_node_struct(node->schema);

    return schema_node_struct_data_word_count(schema) + schema_node_struct_pointer_count(schema);
}

static void put_step(struct generator *generator, const struct method *method, const char *type,
                     const char *step, const char *params)
{
    char result[NAME_LEN_MAX + 40], name[NAME_LEN_MAX + 16];

    snprintf(result, sizeof(result), "static inline struct %s", type);
    snprintf(name, sizeof(name), "%s_%s", method->c_name, step);
    declare(generator, method->interface, method->schema_name, name);
    put_head(&generator->calls_header, result, name, params);
}

/* The beginning of a call. Parameters without fields need no message. */
static void put_open(struct generator *generator, const struct method *method)
{
    struct output *out = &generator->calls_header;
    char type[NAME_LEN_MAX + 16], params[2 * NAME_LEN_MAX + 40], upper[NAME_LEN_MAX],
        node[NAME_LEN_MAX];
    char words[NAME_LEN_MAX + 40], statement[5 * NAME_LEN_MAX];
    const char *interface = method->interface->name;
    bool is_empty = words_of(method->params) == 0;

    snprintf(type, sizeof(type), "%s_builder", method->params->name);
    snprintf(params, sizeof(params), "struct call *call, cap_t %s%s", interface,
             is_empty ? "" : ", uint32_t extra_words");
    name_upper(upper, interface);
    put_step(generator, method, type, "open", params);
    name_upper(node, method->params->name);
    snprintf(words, sizeof(words), is_empty ? "0" : "1 + %s_WORDS + extra_words", node);
    snprintf(statement, sizeof(statement), "call_open(call, %s, INTERFACE_%s, %s, %s)", interface,
             upper, method->upper, words);
    put(out, "\n{\n");
    put_statement(out, 4, statement);
    if (is_empty)
        put(out, "    return (struct %s){{&call->params, 0, 0, 0}};\n}\n\n", type);
    else
        put(out, "    return %s_init_root(&call->params);\n}\n\n", method->params->name);
}

static void put_results(struct generator *generator, const struct method *method)
{
    char type[NAME_LEN_MAX + 16];

    snprintf(type, sizeof(type), "%s_reader", method->results->name);
    put_step(generator, method, type, "results", "struct call *call");
    put(&generator->calls_header, "\n{\n    return %s_root(&call->results);\n}\n\n",
        method->results->name);
}

/* Opens the call and sets its parameters. */
static void put_params(struct generator *generator, const struct method *method,
                       const struct flat *flat)
{
    const char *interface = method->interface->name, *node = method->params->name;
    struct output *out = &generator->calls_source;
    bool is_empty = words_of(method->params) == 0;

    if (flat->n_params)
        put(out, "    to = ");
    else
        put(out, "    ");
    put(out, "%s_open(&call, %s", method->c_name, interface);
    for (unsigned i = 0, n = 0; i < flat->n_params; i++)
        if (flat->params[i].field.type.kind == TYPE_TEXT ||
            flat->params[i].field.type.kind == TYPE_DATA)
            put(out, "%s%s.len / 8 + 1", n++ ? " + " : ", ", flat->params[i].name);
    put(out, "%s);\n", is_empty || flat->n_texts ? "" : ", 0");
    for (unsigned i = 0; i < flat->n_params; i++) {
        const struct argument *argument = &flat->params[i];
        bool is_cap = argument->field.type.kind == TYPE_CAP;

        put(out, "    %s_set_%s(to, %s%s%s);\n", node, argument->field.name,
            is_cap ? "call_give(&call, " : "", argument->name, is_cap ? ")" : "");
    }
}

/* Makes the call with room for its results, each capability and whatever the caller has room
 * for. */
static void put_make(struct generator *generator, const struct method *method,
                     const struct flat *flat)
{
    struct output *out = &generator->calls_source;
    char upper[NAME_LEN_MAX];

    name_upper(upper, method->results->name);
    put(out, "    end = call_make(&call, 8 * (1 + %s_WORDS)", upper);
    if (flat->n_caps)
        put(out, " + 16 * %u", flat->n_caps);
    for (unsigned i = 0; i < flat->n_results; i++)
        if (flat->results[i].field.type.kind == TYPE_TEXT ||
            flat->results[i].field.type.kind == TYPE_DATA)
            put(out, " + %s_room + 8", flat->results[i].name);
    put(out, ");\n");
}

static void put_result(struct output *out, const struct argument *argument)
{
    const char *name = argument->name, *getter = argument->field.c_name;

    switch (argument->field.type.kind) {
    case TYPE_TEXT:
        put(out, "    end = call_copy_text(end, %s(from), %s, %s_room, %s_len);\n", getter, name,
            name, name);
        break;
    case TYPE_DATA:
        put(out, "    end = call_copy_data(end, %s(from), %s, %s_room, %s_len);\n", getter, name,
            name, name);
        break;
    case TYPE_CAP:
        break;
    default:
        put(out, "    if (%s)\n        *%s = %s(from);\n", name, name, getter);
    }
}

/* Capabilities are taken last, so that nothing is taken from results that lie, or lack room. */
static void put_caps(struct output *out, const struct flat *flat)
{
    unsigned n = 0;

    for (unsigned i = 0; i < flat->n_results; i++)
        if (flat->results[i].field.type.kind == TYPE_CAP)
            put(out, "    received[%u] = %s(from);\n", n++, flat->results[i].field.c_name);
    n = 0;
    for (unsigned i = 0; i < flat->n_results; i++)
        if (flat->results[i].field.type.kind == TYPE_CAP) {
            const char *name = flat->results[i].name;

            put(out,
                "    if (%s)\n        *%s = outcome_is_done(end) ? call_cap(&call, received[%u]) : "
                "CAP_NONE;\n",
                name, name, n++);
        }
}

static void put_flat(struct generator *generator, const struct method *method,
                     const struct flat *flat)
{
    struct output *out = &generator->calls_source;

    declare(generator, method->interface, method->schema_name, method->c_name);
    put_head(&generator->calls_header, "struct outcome", method->c_name, flat->list);
    put(&generator->calls_header, ";\n\n");
    put_head(out, "struct outcome", method->c_name, flat->list);
    put(out, "\n{\n");
    if (flat->n_params)
        put(out, "    struct %s_builder to;\n", method->params->name);
    if (flat->n_results)
        put(out, "    struct %s_reader from;\n", method->results->name);
    put(out, "    struct outcome end;\n    struct call call;\n");
    if (flat->n_caps)
        put(out, "    uint32_t received[%u];\n", flat->n_caps);
    put(out, "\n");
    put_params(generator, method, flat);
    put_make(generator, method, flat);
    if (flat->n_results)
        put(out, "    from = %s_results(&call);\n", method->c_name);
    for (unsigned i = 0; i < flat->n_results; i++)
        put_result(out, &flat->results[i]);
    put_caps(out, flat);
    put(out, "    return call_end(&call, end);\n}\n\n");
}

void generate_clients(struct generator *generator, const struct node *node)
{
    struct flat *flat = malloc(sizeof(*flat));
    struct method method;

    if (!flat)
        refuse(&generator->request->refusal, schema_node_display_name(node->schema), capnp_text(""),
               "no memory");
    put_title(&generator->calls_header, node);
    for (uint32_t i = 0; flat && i < interface_n_methods(node); i++) {
        if (!method_read(generator, node, i, &method))
            break;
        put_comment(&generator->calls_header, "", method.comment.at, method.comment.len);
        if (flat_read(generator, &method, flat))
            put_flat(generator, &method, flat);
        put_open(generator, &method);
        put_results(generator, &method);
    }
    free(flat);
}
