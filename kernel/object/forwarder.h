/*
 * Forwarder: a step between capabilities and what they are to, which can be cut.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CapTable.derive puts one between the capability that it derives, with all that is copied and
 * derived from that, and what the original is to. Each use goes through the chain of forwarders; so
 * one cut revokes them all, however many there are and whoever holds them, and nothing has to be
 * found or told. What is under way looks when it goes on.
 *
 * A derived capability's entry has the forwarder as its object, `forwarded` set, and everything
 * else as the original had it. The forwarder counts as one more capability to what it forwards to,
 * as long as there is a derived one. The Revoker is a capability to the forwarder itself. All under
 * the kernel lock.
 */
#pragma once

#include "cap/table.h"
#include "object/object.h"

#define FORWARDERS_MAX 8 /* in a chain */

struct forwarder {
    struct object object;
    struct object *target; /* referred to until the end; NULL: revoked */
    uint8_t facet;         /* of the capability to the target that this one counts as */
    bool counted;          /* it does: there are capabilities that could use it */
    bool forwards;         /* the target is a forwarder to go through */
    uint8_t depth;         /* of the chain from here on */
};

/* A forwarder to what ORIGINAL is to, charged to LEDGER, with a reference for the caller; nothing
 * has been derived yet. ERR_REVOKED; ERR_NOT_PERMITTED: the chain would be too long. */
err_t forwarder_create(struct ledger *ledger, const struct cap *original,
                       struct object **forwarder);

/* Follows the chain that begins at *OBJECT to its end. ERR_REVOKED. */
err_t forwarder_follow(struct object **object);

/* What CAP is to. ERR_REVOKED. */
static inline err_t cap_resolve(const struct cap *cap, struct object **object)
{
    *object = cap->object;
    return __builtin_expect(cap->rights.forwarded, 0) ? forwarder_follow(object) : ERR_OK;
}

/* Whether the chain that begins at FORWARDER has been cut somewhere. */
static inline bool forwarder_is_cut(struct object *forwarder)
{
    return forwarder_follow(&forwarder) != ERR_OK;
}

/* OBJECT must be one. */
static inline struct forwarder *forwarder_of(struct object *object)
{
    return (struct forwarder *)object;
}
