/*
 * The shell's commands about capabilities.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "commands.h"

#include <string.h>

#include "abi/kernel.calls.h"
#include "describe.h"
#include "held.h"
#include "typed_call.h"
#include "user.h"

#define UNKNOWN "?"

static const char *const facets[] = {
    [CAPS_FACET_OBJECT] = "object", [CAPS_FACET_CLIENT] = "client"};
static const char *const policies[] = {[CAPS_POLICY_COPY] = "copy", [CAPS_POLICY_NONE] = "none"};
static const char *const scopes[] = {[SCOPE_SHAREABLE] = "shareable",
                                     [SCOPE_SAME_SESSION] = "same session",
                                     [SCOPE_REGRANT] = "regrant"};

/* What the kernel says of a capability, in words. */
struct said {
    const char *facet, *policy, *scope, *state;
};

static const char *word_of(const char *const *words, uint32_t n, uint32_t value)
{
    return value < n ? words[value] : UNKNOWN;
}

/* "?" where the shell was not granted the right to ask. */
static struct said ask(cap_t cap)
{
    struct said said = {UNKNOWN, UNKNOWN, UNKNOWN, ""};
    cap_t table = held_grant("caps", INTERFACE_CAPS);
    enum caps_facet facet;
    enum caps_policy policy;
    enum scope scope;
    bool forwarded, revoked;

    if (table == CAP_NONE || !outcome_is_done(caps_describe(table, cap, NULL, &facet, &policy,
                                                            &scope, NULL, &forwarded, &revoked)))
        return said;
    said.facet = word_of(facets, CAPS_FACET_COUNT, facet);
    said.policy = word_of(policies, CAPS_POLICY_COUNT, policy);
    said.scope = word_of(scopes, SCOPE_COUNT, scope);
    if (revoked)
        said.state = ", revoked";
    else if (forwarded)
        said.state = ", can be revoked";
    return said;
}

static void say_name(const struct name *entry)
{
    struct said said = ask(entry->cap);

    say("%-11s %-17s %-7s %-7s %s%s\n", entry->name, held_interface_name(entry->interface_id),
        said.facet, said.policy, said.scope, said.state);
}

void command_caps(const struct word *words, uint32_t n)
{
    struct names *names = held_names();

    (void)words;
    if (n > 1) {
        command_usage("caps");
        return;
    }
    say("%-11s %-17s %-7s %-7s %s\n", "name", "interface", "facet", "policy", "scope");
    for (uint32_t i = 0; i < NAMES_MAX; i++) {
        if (names->entries[i].cap != CAP_NONE)
            say_name(&names->entries[i]);
    }
}

/* The method stands behind the last full stop. */
void command_call(const struct word *words, uint32_t n)
{
    char target[NAME_LEN];
    const char *stop = n > 1 ? strrchr(words[1].text, '.') : NULL;
    const struct name *entry;
    size_t len;

    if (!stop || n > 3 || (n == 3 && words[2].text[0] != '{')) {
        command_usage("call");
        return;
    }
    len = (size_t)(stop - words[1].text);
    if (len > NAME_LEN - 1)
        len = NAME_LEN - 1;
    memcpy(target, words[1].text, len);
    target[len] = '\0';
    if (command_result() && names_find(held_names(), command_result())) {
        say("\"%s\" is the name of a capability already\n", command_result());
        return;
    }
    entry = held_find(target);
    if (entry)
        typed_call(entry, stop + 1, n == 3 ? words[2].text : "{}", command_result());
}

/* A node of any kind that can be described. */
static unsigned node_find(const char *name, struct schema_node_reader *node)
{
    static const enum schema_node_which kinds[] = {
        SCHEMA_NODE_WHICH_INTERFACE, SCHEMA_NODE_WHICH_STRUCT, SCHEMA_NODE_WHICH_ENUM};
    unsigned n = 0;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && n == 0; i++)
        n = capnp_schema_find_name(held_schema(), kinds[i], name, node);
    return n;
}

void command_describe(const struct word *words, uint32_t n)
{
    const struct name *entry = n == 2 ? names_find(held_names(), words[1].text) : NULL;
    struct schema_node_reader node;

    if (n != 2)
        command_usage("describe");
    else if (entry ? capnp_schema_find(held_schema(), entry->interface_id, &node)
                   : node_find(words[1].text, &node) > 0)
        describe_node(node);
    else if (entry)
        say("no schema says what %s is\n", held_interface_name(entry->interface_id));
    else
        say("neither a capability nor a type is called \"%s\"\n", words[1].text);
}

void command_drop(const struct word *words, uint32_t n)
{
    struct name *entry;

    if (n != 2) {
        command_usage("drop");
        return;
    }
    entry = held_find(words[1].text);
    if (!entry)
        return;
    cap_drop(entry->cap);
    *entry = (struct name){0};
}
