/*
 * A process's capabilities: what its handles mean.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A handle is an index (low half) and the entry's generation (high half). The generation changes with each
 * release, so a stale handle never finds the entry's next tenant; an entry whose generations are used up is
 * never used again. Handle 0 is never valid.
 *
 * Entries live in frames of CAPS_PER_CHUNK, named by one directory frame. Both are charged as frames, and each
 * entry in use as a capability. A chunk is kept until the table goes. Owned by the process, under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"
#include "object/object.h"

typedef uint64_t cap_t;

struct cap {
    struct object *object; /* NULL: free */
    uint64_t interface_id;
    uint64_t cookie; /* that the server minted into it */
    uint32_t generation;
    uint32_t facet; /* enum facet */
};
_Static_assert(sizeof(struct cap) == 32, "entries fill a frame");

#define CAPS_PER_CHUNK 128
#define CAP_CHUNKS_MAX 512

struct cap_table {
    struct cap **chunks; /* the directory frame; NULL: none yet */
    struct ledger *ledger;
    uint32_t n_chunks;
    uint32_t free; /* index of the first free entry; NO_CAP: none */
    uint32_t used;
    uint32_t clearing; /* how far cap_table_clear_step() is */
};

void cap_table_init(struct cap_table *table, struct ledger *ledger);

/* Takes a capability in, with a reference of its own to OBJECT. */
err_t cap_insert(struct cap_table *table, struct object *object, uint64_t interface_id,
                 enum facet facet, uint64_t cookie, cap_t *handle);

/* The entry for HANDLE; NULL when it is stale, forged or was never there. Valid until the table changes. */
struct cap *cap_find(const struct cap_table *table, cap_t handle);

/* Drops the capability, and its reference. */
err_t cap_release(struct cap_table *table, cap_t handle);

/* Releases some of the entries; true while there may be more. The table must not be used otherwise any more. */
bool cap_table_clear_step(struct cap_table *table);
