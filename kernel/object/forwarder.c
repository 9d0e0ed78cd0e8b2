/*
 * Forwarder: a step between capabilities and what they are to, which can be cut.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/forwarder.h"

#include "abi/kernel.capnp.h"
#include "mem/pool.h"
#include "ring/invocation.h"

static struct pool forwarders = POOL("forwarder", struct forwarder);

static const struct object_type type;

err_t forwarder_follow(struct object **object)
{
    const struct forwarder *forwarder;

    do {
        forwarder = forwarder_of(*object);
        *object = forwarder->target;
        if (!*object)
            return ERR_REVOKED;
    } while (forwarder->forwards);
    return ERR_OK;
}

/* The steps from CAP to its object. */
static unsigned depth_of(const struct cap *cap)
{
    return cap->rights.forwarded ? forwarder_of(cap->object)->depth : 0;
}

err_t forwarder_create(struct ledger *ledger, const struct cap *original, struct object **out)
{
    struct forwarder *forwarder;
    struct object *end, *object;
    err_t error = cap_resolve(original, &end);

    if (error)
        return error;
    if (depth_of(original) == FORWARDERS_MAX)
        return ERR_NOT_PERMITTED;
    error = object_create(&forwarders, &type, ledger, &object);
    if (error)
        return error;
    forwarder = forwarder_of(object);
    forwarder->target = original->object;
    forwarder->facet = original->rights.facet;
    forwarder->forwards = original->rights.forwarded;
    forwarder->depth = (uint8_t)(depth_of(original) + 1);
    forwarder->counted = true;
    object_hold(forwarder->target, forwarder->facet);
    *out = object;
    return ERR_OK;
}

/* Of the chain nobody sees more after this; what ends with the target ends then. */
static void cut(struct forwarder *forwarder)
{
    struct object *target = forwarder->target;

    if (!target)
        return;
    forwarder->target = NULL;
    if (forwarder->counted)
        object_let_go(target, forwarder->facet);
    else
        object_put(target);
}

static void destroy(struct object *object)
{
    cut(forwarder_of(object));
    pool_free(&forwarders, forwarder_of(object));
}

/* Nobody can use the target by this one any more. It is referred to all the same: what is under way
 * must still see whether the rest of the chain is cut. */
static void dropped(struct object *object)
{
    struct forwarder *forwarder = forwarder_of(object);

    if (!forwarder->target || !forwarder->counted ||
        object->n_caps[FACET_OBJECT] + object->n_caps[FACET_CLIENT] > 0)
        return;
    forwarder->counted = false;
    object_get(forwarder->target);
    object_let_go(forwarder->target, forwarder->facet);
}

static err_t revoke(struct invocation *invocation)
{
    revoker_revoke_results_init_root(&invocation->results);
    cut(forwarder_of(invocation->object));
    return ERR_OK;
}

static const struct method methods[REVOKER_METHODS] = {
    [REVOKER_REVOKE] = {revoke, RESULT_WORDS(REVOKER_REVOKE), 0},
};

static const struct object_type type = {
    .name = "forwarder",
    .interface_id = INTERFACE_REVOKER,
    .methods = methods,
    .n_methods = REVOKER_METHODS,
    .destroy = destroy,
    .dropped = dropped,
};
