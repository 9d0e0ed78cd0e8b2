/*
 * The names that one schema's C code declares, each once.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capnp/reader.h"

#include <stdbool.h>

struct symbols {
    void *root;
};

struct symbol {
    struct capnp_text path, member; /* who declared it */
    char name[];
};

/* NULL: NAME is new, and is noted (or there is no memory, and *FULL). Otherwise who declared it
 * before. */
const struct symbol *symbol_add(struct symbols *, const char *name, struct capnp_text path,
                                struct capnp_text member, bool *full);
void symbols_free(struct symbols *);
