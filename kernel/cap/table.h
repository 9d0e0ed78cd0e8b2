/*
 * A process's capabilities: what its handles mean.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A handle is an index (low half) and the entry's generation (high half). The generation changes with each
 * release, so a stale handle never finds the entry's next tenant; an entry whose generations are used up is
 * never used again. Handle 0 is never valid.
 *
 * An entry is free, reserved or in use. Reserved ones belong to whoever reserved them: no handle finds them, and
 * to commit one cannot fail. So what takes several entries reserves them all before it changes anything.
 *
 * Entries live in frames of CAPS_PER_CHUNK, named by one directory frame. Both are charged as frames, and each
 * entry reserved or in use as a capability. A chunk is kept until the table goes. Owned by the process, under the
 * kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"
#include "object/object.h"

typedef uint64_t cap_t;

/* How far a capability may go (docs/abi.md, "Capabilities"); the later, the narrower. */
enum cap_scope { CAP_SHAREABLE, CAP_SAME_SESSION, CAP_REGRANT, CAP_SCOPES };

/* What an entry says beside its object. */
struct cap_rights {
    uint64_t interface_id;
    uint64_t cookie; /* that the server minted into it */
    uint64_t reference
        [2]; /* of a client: the session of the table's process, as the endpoint knows it */
    uint16_t
        disclosure;  /* fields of that session which callers through it may disclose, a bit each */
    uint8_t facet;   /* enum facet */
    uint8_t scope;   /* enum cap_scope */
    bool first_hand; /* made by this process, not received */
};

struct cap {
    struct object *object; /* NULL: free or reserved */
    uint32_t generation;
    uint32_t link; /* free: the next free entry; else its owner's use */
    struct cap_rights rights;
} __attribute__((aligned(64))); /* a cache line */
_Static_assert(sizeof(struct cap) == 64, "entries fill a frame");

#define CAPS_PER_CHUNK 64
#define CAP_CHUNKS_MAX 512

struct cap_table {
    struct cap **chunks; /* the directory frame; NULL: none yet */
    struct ledger *ledger;
    uint32_t n_chunks;
    uint32_t free;     /* index of the first free entry; NO_CAP: none */
    uint32_t used;     /* reserved ones included */
    uint32_t clearing; /* how far cap_table_clear_step() is */
};

void cap_table_init(struct cap_table *table, struct ledger *ledger);

/* Takes a capability in, with a reference of its own to OBJECT. */
err_t cap_insert(struct cap_table *table, struct object *object, const struct cap_rights *rights,
                 cap_t *handle);

/* The same in two steps. A reserved entry is committed, once, or given back. */
err_t cap_reserve(struct cap_table *table, uint32_t *index);
cap_t cap_commit(struct cap_table *table, uint32_t index, struct object *object,
                 const struct cap_rights *rights);
void cap_unreserve(struct cap_table *table, uint32_t index);

/* Takes CAP, in use, out of the hands of its holder: reserved again, with another generation and without its object,
 * which is dropped as by a release. ERR_NO_CAPS: the generations are used up, and the entry is gone for good. */
err_t cap_hide(struct cap_table *table, cap_t handle);

/* The entry for HANDLE; NULL when it is stale, forged, reserved or was never there. Valid until the table changes. */
struct cap *cap_find(const struct cap_table *table, cap_t handle);

/* Drops the capability, and its reference. */
err_t cap_release(struct cap_table *table, cap_t handle);

/* Releases some of the entries; true while there may be more. Nothing is reserved, and the table must not be used
 * otherwise any more. */
bool cap_table_clear_step(struct cap_table *table);
