/*
 * Flat methods: those whose parameters and results are values that fit the arguments of a C
 * function. SPDX-License-Identifier: Apache-2.0
 */
#include "flat.h"

#include "names.h"

#include <stdio.h>
#include <string.h>

static bool is_flat(const struct field *field)
{
    switch (field->type.kind) {
    case TYPE_BOOL:
    case TYPE_INTEGER:
    case TYPE_FLOAT:
    case TYPE_ENUM:
    case TYPE_TEXT:
    case TYPE_DATA:
    case TYPE_CAP:
        return !field->in_union;
    default:
        return false;
    }
}

static bool fields_read(struct generator *generator, const struct node *node,
                        struct argument *arguments, unsigned *n)
{
    if (node_n_fields(node) > ARGUMENTS_MAX)
        return false;
    for (*n = 0; *n < node_n_fields(node); ++*n)
        if (!field_read(generator->request, node, *n, &arguments[*n].field) ||
            !is_flat(&arguments[*n].field))
            return false;
    return true;
}

/* One more name of the function's; false: it is taken. */
static bool name_take(struct generator *generator, struct symbols *symbols, const char *name,
                      const char *end)
{
    char whole[NAME_LEN_MAX + 32];
    bool full, is_new;

    snprintf(whole, sizeof(whole), "%s%s", name, end);
    is_new = !symbol_add(symbols, whole, capnp_text(""), capnp_text(""), &full);
    if (full)
        refuse(&generator->request->refusal, capnp_text("request"), capnp_text(""),
               "no memory for a name");
    return is_new;
}

static bool is_bytes(const struct argument *argument)
{
    return argument->field.type.kind == TYPE_TEXT || argument->field.type.kind == TYPE_DATA;
}

/* An argument is called like its field, unless that is taken. */
static bool argument_name(struct generator *generator, struct symbols *symbols,
                          struct argument *argument, const char *end)
{
    name_param(argument->name, argument->field.name);
    if (name_take(generator, symbols, argument->name, ""))
        return true;
    strcat(argument->name, end);
    return name_take(generator, symbols, argument->name, "");
}

/* All arguments, beside the capability that is called and the function's own variables. */
static bool arguments_name(struct generator *generator, struct flat *flat, const char *interface)
{
    static const char *const own[] = {"call", "end", "from", "received", "to"};
    struct symbols symbols = {0};
    bool is_named = true;

    for (unsigned i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        name_take(generator, &symbols, own[i], "");
    name_take(generator, &symbols, interface, "");
    for (unsigned i = 0; i < flat->n_params; i++)
        is_named &= argument_name(generator, &symbols, &flat->params[i], "_param");
    for (unsigned i = 0; i < flat->n_results; i++) {
        struct argument *argument = &flat->results[i];

        is_named &= argument_name(generator, &symbols, argument, "_result");
        if (is_bytes(argument))
            is_named &= name_take(generator, &symbols, argument->name, "_room") &&
                        name_take(generator, &symbols, argument->name, "_len");
    }
    symbols_free(&symbols);
    return is_named;
}

static void append(struct flat *flat, const char *type, const char *name, const char *end)
{
    size_t len = strlen(flat->list);

    snprintf(flat->list + len, sizeof(flat->list) - len, "%s%s%s%s", type,
             type[strlen(type) - 1] == '*' ? "" : " ", name, end);
}

static void append_param(struct flat *flat, const struct argument *argument)
{
    char type[NAME_LEN_MAX + 24] = ", cap_t";

    if (argument->field.type.kind != TYPE_CAP) {
        memcpy(type, ", ", 3);
        type_in_c(&argument->field.type, type + 2);
    }
    append(flat, type, argument->name, "");
}

static void append_result(struct flat *flat, const struct argument *argument)
{
    char type[NAME_LEN_MAX + 32] = ", ";

    switch (argument->field.type.kind) {
    case TYPE_TEXT:
    case TYPE_DATA:
        append(flat, argument->field.type.kind == TYPE_TEXT ? ", char *" : ", void *",
               argument->name, "");
        append(flat, ", uint32_t", argument->name, "_room");
        append(flat, ", uint32_t *", argument->name, "_len");
        return;
    case TYPE_CAP:
        append(flat, ", cap_t *", argument->name, "");
        return;
    default:
        type_in_c(&argument->field.type, type + 2);
        append(flat, strcat(type, " *"), argument->name, "");
    }
}

bool flat_read(struct generator *generator, const struct method *method, struct flat *flat)
{
    *flat = (struct flat){0};
    if (!fields_read(generator, method->params, flat->params, &flat->n_params) ||
        !fields_read(generator, method->results, flat->results, &flat->n_results))
        return false;
    if (!arguments_name(generator, flat, method->interface->name)) {
        refuse(&generator->request->refusal, schema_node_display_name(method->interface->schema),
               method->schema_name,
               "two of its parameters and results have one name in C; $C.name gives them others");
        return false;
    }
    append(flat, "cap_t", method->interface->name, "");
    for (unsigned i = 0; i < flat->n_params; i++) {
        append_param(flat, &flat->params[i]);
        flat->n_texts += is_bytes(&flat->params[i]);
    }
    for (unsigned i = 0; i < flat->n_results; i++) {
        append_result(flat, &flat->results[i]);
        flat->n_caps += flat->results[i].field.type.kind == TYPE_CAP;
    }
    return true;
}
