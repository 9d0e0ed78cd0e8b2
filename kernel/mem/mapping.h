/*
 * A memory object's pages in an address space.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Goes as a whole: where it begins names it. The object knows how many of its mappings can write
 * and how many execute, and never allows both, in whichever spaces they are. All under the kernel
 * lock.
 */
#pragma once

#include "abi/err.h"
#include "ledger/ledger.h"
#include "lib/tree.h"
#include "mem/space.h"

struct memory_object;

/* Charged as an object, holds a reference to the memory. */
struct mapping {
    struct tree_node node; /* in the space, by address */
    struct memory_object *memory;
    struct ledger *ledger;
    uint64_t address;
    uint32_t first; /* page of the memory */
    uint32_t n_pages;
    enum access access;
};

/* Maps N pages of MEMORY from its page FIRST on, at *ADDRESS or, when that is 0, at a free place,
 * which *ADDRESS then names. ERR_WRITE_EXECUTE: somebody can execute what would become writable, or
 * the other way around. */
err_t mapping_create(struct space *space, struct memory_object *memory, uint32_t first,
                     uint32_t n_pages, uint64_t *address, enum access access);

/* Takes away the mapping of MEMORY that begins at ADDRESS. */
err_t mapping_destroy(struct space *space, struct memory_object *memory, uint64_t address);

/* The mapping that ADDRESS is in; NULL: none. */
const struct mapping *mapping_at(const struct space *space, uint64_t address);

/* Gives up one mapping of a space whose pages have gone already; false when there is none. */
bool mapping_clear_step(struct space *space);

/* Mappings in the whole system. */
uint64_t mappings_count(void);
