/*
 * The capabilities that the shell holds, by name: the only ones that can be said here.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "names.h"

#include <stdio.h>
#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool name_is_fit(const char *name)
{
    size_t len = strlen(name);

    if (len == 0 || len >= NAME_LEN || !is_letter(name[0]))
        return false;
    for (size_t i = 1; i < len; i++) {
        if (!is_letter(name[i]) && !is_digit(name[i]) && name[i] != '-' && name[i] != '_')
            return false;
    }
    return true;
}

/* Entries of numbers keep their dollar sign. */
struct name *names_find(struct names *names, const char *name)
{
    if (name[0] == '$' && !is_digit(name[1]))
        name++;
    for (uint32_t i = 0; i < NAMES_MAX; i++) {
        struct name *entry = &names->entries[i];

        if (entry->cap != CAP_NONE && strcmp(entry->name, name) == 0)
            return entry;
    }
    return NULL;
}

static struct name *find_free(struct names *names)
{
    for (uint32_t i = 0; i < NAMES_MAX; i++) {
        if (names->entries[i].cap == CAP_NONE)
            return &names->entries[i];
    }
    return NULL;
}

struct name *names_add(struct names *names, const char *name, cap_t cap, uint64_t interface_id)
{
    struct name *entry = find_free(names);

    if (!entry || (name && names_find(names, name)))
        return NULL;
    if (name)
        snprintf(entry->name, sizeof(entry->name), "%s", name);
    else
        snprintf(entry->name, sizeof(entry->name), "$%u", ++names->last_number);
    entry->cap = cap;
    entry->interface_id = interface_id;
    return entry;
}
