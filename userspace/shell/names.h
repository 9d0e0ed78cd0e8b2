/*
 * The capabilities that the shell holds, by name: the only ones that can be said here.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Those that it was granted have the names they were granted by; those that calls return are numbered, or get the name that
 * the user chose. A name can be said with a dollar sign before it; numbers must be.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "capos/ring.h"

#define NAMES_MAX 64
#define NAME_LEN  32 /* bytes, with the NUL */

struct name {
    char name[NAME_LEN];
    cap_t cap; /* CAP_NONE: the entry is free */
    uint64_t interface_id;
};

struct names {
    struct name entries[NAMES_MAX];
    uint32_t last_number;
};

/* The entry of that name, or NULL. */
struct name *names_find(struct names *, const char *name);

/* A new entry of that name; NULL: one with the next number. NULL: there is no room, or the name is taken, which frees
 * nothing: the capability remains the caller's. */
struct name *names_add(struct names *, const char *name, cap_t, uint64_t interface_id);

/* Whether that can be a name for a capability: letters, digits, '-', '_', '.' not; the first one a letter. */
bool name_is_fit(const char *name);
