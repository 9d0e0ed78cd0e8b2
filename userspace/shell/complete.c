/*
 * What Tab completes: commands, capabilities, methods and programs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "complete.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "abi/kernel.calls.h"
#include "commands.h"
#include "held.h"

/* The word that is being typed, and the first one of the line. */
struct typing {
    const char *word;
    size_t len;
    const char *command;
    size_t command_len;
    struct choices *choices;
};

static void offer(const struct typing *typing, const char *before, const char *word,
                  const char *behind)
{
    char text[CHOICE_LEN];
    int len = snprintf(text, sizeof(text), "%s%s%s", before, word, behind);

    if (len < CHOICE_LEN && (size_t)len >= typing->len &&
        memcmp(text, typing->word, typing->len) == 0)
        choices_add(typing->choices, text);
}

static void offer_commands(const struct typing *typing)
{
    for (uint32_t i = 0; i < n_commands; i++)
        offer(typing, "", commands[i].name, " ");
}

static void offer_names(const struct typing *typing, const char *behind)
{
    for (uint32_t i = 0; i < NAMES_MAX; i++) {
        const struct name *entry = &held_names()->entries[i];

        if (entry->cap != CAP_NONE)
            offer(typing, "", entry->name, behind);
    }
}

/* Behind the full stop of a capability's name. */
static void offer_methods(const struct typing *typing, size_t name_len)
{
    char name[NAME_LEN], before[NAME_LEN + 1];
    const struct name *entry;
    struct schema_node_reader node;
    struct capnp_list methods;

    if (name_len >= NAME_LEN)
        return;
    snprintf(name, sizeof(name), "%.*s", (int)name_len, typing->word);
    snprintf(before, sizeof(before), "%s.", name);
    entry = names_find(held_names(), name);
    if (!entry || !capnp_schema_find(held_schema(), entry->interface_id, &node))
        return;
    methods = schema_node_interface_methods(schema_node_interface(node));
    for (uint32_t i = 0; i < capnp_list_len(methods); i++)
        offer(typing, before, schema_method_name(schema_method_at(methods, i)).at, " ");
}

static void offer_calls(const struct typing *typing)
{
    const char *stop = memrchr(typing->word, '.', typing->len);

    if (stop)
        offer_methods(typing, (size_t)(stop - typing->word));
    else
        offer_names(typing, ".");
}

/* Those of the boot package, where the shell may look at it. */
static void offer_programs(const struct typing *typing)
{
    cap_t package = held_grant("package", INTERFACE_PACKAGE);
    uint32_t n = 0;

    if (package == CAP_NONE)
        return;
    package_info(package, NULL, &n);
    for (uint32_t i = 0; i < n; i++) {
        char name[64];

        if (outcome_is_done(
                package_image(package, i, name, sizeof(name), NULL, NULL, NULL, 0, NULL)))
            offer(typing, "", name, " ");
    }
}

static bool is_command(const struct typing *typing, const char *name)
{
    return strlen(name) == typing->command_len &&
           memcmp(name, typing->command, typing->command_len) == 0;
}

static size_t word_begin(const char *at, size_t len)
{
    while (len > 0 && at[len - 1] != ' ' && at[len - 1] != ',' && at[len - 1] != '=')
        len--;
    return len;
}

size_t complete_word(void *context, const char *at, size_t len, struct choices *choices)
{
    size_t begin = word_begin(at, len);
    struct typing typing = {at + begin, len - begin, at, strcspn(at, " "), choices};

    (void)context;
    if (typing.command_len >= begin)
        offer_commands(&typing);
    else if (is_command(&typing, "call"))
        offer_calls(&typing);
    else if (is_command(&typing, "run") && begin == typing.command_len + 1)
        offer_programs(&typing);
    else if (is_command(&typing, "help"))
        offer_commands(&typing);
    else
        offer_names(&typing, "");
    return begin;
}
