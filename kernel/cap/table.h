/*
 * A process's capabilities: what its handles mean.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A handle is an index (low half) and the entry's generation (high half). The generation changes
 * with each release, so a stale handle never finds the entry's next tenant; an entry whose
 * generations are used up is never used again. Handle 0 is never valid.
 *
 * An entry is free, reserved, in use or moving. Reserved ones belong to whoever reserved them: no
 * handle finds them, and to commit one cannot fail. So what takes several entries reserves them all
 * before it changes anything. A moving one is the source of a transfer that is under way: it keeps
 * what it has, and nobody can use it until it has been moved or is back in use, under the same
 * handle.
 *
 * Entries live in frames of CAPS_PER_CHUNK, named by one directory frame. Both are charged as
 * frames, and each entry that is not free as a capability. A chunk is kept until the table goes.
 * Owned by the process, under the kernel lock.
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
    uint64_t cookie;       /* that the server minted into it */
    uint64_t reference[2]; /* of a client: its process's session, as the endpoint knows it */
    uint16_t disclosure;   /* fields of that session that may be disclosed by it, a bit each */
    uint8_t facet;         /* enum facet */
    uint8_t scope;         /* enum cap_scope */
    bool first_hand;       /* made by this process, not received */
    bool forwarded;        /* its object is a forwarder to go through (object/forwarder.h) */
};

enum cap_state { CAP_FREE, CAP_RESERVED, CAP_USED, CAP_MOVING };

struct cap {
    struct object *object; /* NULL: free or reserved */
    uint32_t generation;
    uint32_t link; /* free: the next free entry; moving: the next of its transfer; or NO_CAP */
    struct cap_rights rights;
    uint8_t state;              /* enum cap_state */
} __attribute__((aligned(64))); /* a cache line */
_Static_assert(sizeof(struct cap) == 64, "entries fill a frame");

#define CAPS_PER_CHUNK 64
#define CAP_CHUNKS_MAX 512

/* The index of no entry. */
#define NO_CAP UINT32_MAX

struct cap_table {
    struct cap **chunks; /* the directory frame; NULL: none yet */
    struct ledger *ledger;
    uint32_t n_chunks;
    uint32_t free;     /* index of the first free entry; NO_CAP: none */
    uint32_t used;     /* reserved ones included */
    uint32_t clearing; /* how far cap_table_clear_step() is */
};

void cap_table_init(struct cap_table *table, struct ledger *ledger);

static inline struct cap *cap_at(const struct cap_table *table, uint32_t index)
{
    return &table->chunks[index / CAPS_PER_CHUNK][index % CAPS_PER_CHUNK];
}

static inline cap_t cap_handle(const struct cap *cap, uint32_t index)
{
    return (cap_t)cap->generation << 32 | index;
}

/* Takes a capability in, with a reference of its own to OBJECT. */
err_t cap_insert(struct cap_table *table, struct object *object, const struct cap_rights *rights,
                 cap_t *handle);

/* The same in two steps. A reserved entry is committed, once, or given back. */
err_t cap_reserve(struct cap_table *table, uint32_t *index);
cap_t cap_commit(struct cap_table *table, uint32_t index, struct object *object,
                 const struct cap_rights *rights);
void cap_unreserve(struct cap_table *table, uint32_t index);

/*
 * For an object that is the only one to use its entry, and comes and goes with each call.
 * cap_reserved() lays down what a reserved entry will permit, which is all that the interface
 * offers; cap_show() puts OBJECT in it, whose reference passes to the entry; cap_conceal() is the
 * way back, with another generation, and nobody is told of the drop. False: the generations are
 * used up, and the entry is gone for good; the reference is the caller's again all the same.
 */
struct cap *cap_reserved(struct cap_table *table, uint32_t index, const struct cap_rights *rights);

static inline cap_t cap_show(struct cap *cap, uint32_t index, struct object *object)
{
    cap->object = object;
    cap->state = CAP_USED;
    object->n_caps[FACET_OBJECT]++;
    return cap_handle(cap, index);
}

/* The rest of cap_conceal() for a worn out entry. */
void cap_retire(struct cap_table *table);

static inline bool cap_conceal(struct cap_table *table, struct cap *cap)
{
    cap->object->n_caps[FACET_OBJECT]--;
    cap->object = NULL;
    cap->state = CAP_RESERVED;
    if (++cap->generation)
        return true;
    cap->state = CAP_FREE;
    cap_retire(table);
    return false;
}

/* The entry for HANDLE; NULL when it is stale, forged, reserved, moving or was never there. Valid
 * until the table changes. */
static inline struct cap *cap_find(const struct cap_table *table, cap_t handle)
{
    uint32_t index = (uint32_t)handle;

    if (index / CAPS_PER_CHUNK >= table->n_chunks)
        return NULL;

    struct cap *cap = cap_at(table, index);

    return cap->state == CAP_USED && cap->generation == handle >> 32 ? cap : NULL;
}

/* Why cap_find() has found none: ERR_RESERVED when it is moving, else ERR_BAD_HANDLE. */
err_t cap_refusal(const struct cap_table *table, cap_t handle);

/* Drops the capability, and its reference. The same errors. */
err_t cap_release(struct cap_table *table, cap_t handle);

/* A move of CAP, in use: it begins; is undone; or ends at the reserved entry INDEX of TO, which may
 * be the same table, with what the source permits, and the source free. Neither the object's
 * references nor its capabilities change in number. */
void cap_move_begin(struct cap *cap);
void cap_move_undo(struct cap *cap);
cap_t cap_move(struct cap_table *from, uint32_t source, struct cap_table *to, uint32_t index);

/* The move has ended elsewhere: drops the source, which is moving. */
void cap_move_drop(struct cap_table *from, uint32_t source);

/* Releases some of the entries; true while there may be more. Nothing is reserved or moving, and
 * the table must not be used otherwise any more. */
bool cap_table_clear_step(struct cap_table *table);
