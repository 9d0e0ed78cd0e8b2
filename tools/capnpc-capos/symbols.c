/*
 * The names that one schema's C code declares, each once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "symbols.h"

#include "generator.h"
#include "names.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare_names(const void *a, const void *b)
{
    return strcmp(((const struct symbol *)a)->name, ((const struct symbol *)b)->name);
}

const struct symbol *symbol_add(struct symbols *symbols, const char *name, struct capnp_text path,
                                struct capnp_text member, bool *full)
{
    struct symbol *symbol = malloc(sizeof(*symbol) + strlen(name) + 1);
    struct symbol **found;

    *full = !symbol;
    if (!symbol)
        return NULL;
    symbol->path = path;
    symbol->member = member;
    strcpy(symbol->name, name);
    found = tsearch(symbol, &symbols->root, compare_names);
    if (found && *found == symbol)
        return NULL;
    free(symbol);
    *full = !found;
    return found ? *found : NULL;
}

void symbols_free(struct symbols *symbols)
{
    tdestroy(symbols->root, free);
    symbols->root = NULL;
}

static void declare_as(struct generator *generator, const struct node *node,
                       struct capnp_text member, const char *space, const char *name)
{
    struct capnp_text path = schema_node_display_name(node->schema);
    struct refusal *refusal = &generator->request->refusal;
    char param[NAME_LEN_MAX], whole[3 * NAME_LEN_MAX];
    const struct symbol *other;
    bool full;

    name_param(param, name);
    if (strcmp(param, name) != 0)
        refuse(refusal, path, member,
               "its name in C is a keyword, %s; $C.name gives it another one", name);
    snprintf(whole, sizeof(whole), "%s%s", space, name);
    other = symbol_add(&generator->symbols, whole, path, member, &full);
    if (full)
        refuse(refusal, path, member, "no memory for its name");
    if (other)
        refuse(refusal, path, member,
               "its name in C, %s, is taken by %.*s%s%.*s; $C.name gives it another one", name,
               (int)(other->path.len < 200 ? other->path.len : 200), other->path.at,
               other->member.len ? "." : "", (int)(other->member.len < 64 ? other->member.len : 64),
               other->member.at);
}

void declare(struct generator *generator, const struct node *node, struct capnp_text member,
             const char *name)
{
    declare_as(generator, node, member, "", name);
}

void declare_tag(struct generator *generator, const struct node *node, const char *name)
{
    declare_as(generator, node, capnp_text(""), "struct ", name);
}
