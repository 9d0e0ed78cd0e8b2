/*
 * What every kernel object begins with: its type, its references, who pays for it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An object is charged to a ledger before it exists, and lives as long as something refers to it: a
 * capability, an operation in flight, a mapping, or the kernel itself while the object is active.
 * The last object_put() destroys it. All under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "ledger/ledger.h"
#include "lib/types.h"

/* What the holder of a capability may do. */
enum facet {
    FACET_OBJECT,  /* all that the interface offers */
    FACET_CLIENT,  /* of an endpoint: only CALL */
    FACET_REVOKER, /* of a forwarder: only its own method */
    FACETS,
};

struct invocation;
struct object;
struct pool;

/* A method decodes and checks everything before it changes anything. It returns ERR_OK with the
 * results built, or with invocation->pending set; any other error becomes a CapException. */
typedef err_t method_fn(struct invocation *invocation);

struct method {
    method_fn *invoke;
    uint16_t result_words; /* data words and pointers of the results, with the root, no texts */
    uint16_t n_caps;       /* capabilities among the results */
    bool takes_caps;       /* among the parameters */
};

struct object_type {
    const char *name;
    uint64_t interface_id;
    const struct method *methods;
    unsigned n_methods;
    bool session_bound; /* of no use to callers whose session has ended */

    /* The last reference is gone; NULL: the object is static. */
    void (*destroy)(struct object *object);
    /* A capability to it is gone; NULL: nobody cares. */
    void (*dropped)(struct object *object);
};

struct object {
    const struct object_type *type;
    struct ledger *ledger; /* charged one object; NULL: the kernel's own */
    uint32_t refs;
    uint32_t n_caps[FACETS]; /* references that are capabilities, by facet */
};

/* Begins an object with one reference, charged to LEDGER. */
err_t object_init(struct object *object, const struct object_type *type, struct ledger *ledger);

/* The same of one from POOL, whose objects begin with theirs: the rest is zero. ERR_NO_MEMORY. */
err_t object_create(struct pool *pool, const struct object_type *type, struct ledger *ledger,
                    struct object **object);

static inline void object_get(struct object *object)
{
    object->refs++;
}

/* The last reference is gone. */
void object_end(struct object *object);

/* Drops a reference; the last one destroys the object. */
static inline void object_put(struct object *object)
{
    if (--object->refs == 0)
        object_end(object);
}

/* A capability to OBJECT comes into being, in a table or in a forwarder; or is gone. */
static inline void object_hold(struct object *object, unsigned facet)
{
    object_get(object);
    object->n_caps[facet]++;
}

static inline void object_let_go(struct object *object, unsigned facet)
{
    object->n_caps[facet]--;
    if (object->type->dropped)
        object->type->dropped(object);
    object_put(object);
}
