/*
 * CapTable (kernel.capnp): what the caller's own handles mean.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/cap_table.h"

#include "abi/kernel.capnp.h"
#include "object/forwarder.h"
#include "process/process.h"
#include "ring/invocation.h"

_Static_assert((int)CAPS_FACET_OBJECT == FACET_OBJECT, "one numbering");
_Static_assert((int)CAPS_FACET_CLIENT == FACET_CLIENT, "one numbering");
_Static_assert((int)SCOPE_SHAREABLE == CAP_SHAREABLE, "one numbering");
_Static_assert((int)SCOPE_SAME_SESSION == CAP_SAME_SESSION, "one numbering");
_Static_assert((int)SCOPE_REGRANT == CAP_REGRANT, "one numbering");

static err_t find(const struct invocation *invocation, cap_t handle, const struct cap **cap)
{
    *cap = cap_find(&invocation->process->caps, handle);
    return *cap ? ERR_OK : cap_refusal(&invocation->process->caps, handle);
}

/* --- describe --- */

static void build_description(struct caps_describe_results_builder results, const struct cap *cap)
{
    const struct cap_rights *rights = &cap->rights;
    struct object *object;

    caps_describe_results_set_interface_id(results, rights->interface_id);
    caps_describe_results_set_facet(results, rights->facet == FACET_CLIENT ? CAPS_FACET_CLIENT
                                                                           : CAPS_FACET_OBJECT);
    caps_describe_results_set_policy(results, transfer_is_allowed(cap) ? CAPS_POLICY_COPY
                                                                       : CAPS_POLICY_NONE);
    caps_describe_results_set_scope(results, (enum scope)rights->scope);
    caps_describe_results_set_disclosure(results, rights->disclosure);
    caps_describe_results_set_forwarded(results, rights->forwarded);
    caps_describe_results_set_revoked(results, cap_resolve(cap, &object) != ERR_OK);
}

static err_t describe(struct invocation *invocation)
{
    cap_t handle = caps_describe_params_handle(caps_describe_params_root(&invocation->params));
    const struct cap *cap;
    err_t error = find(invocation, handle, &cap);

    if (!error)
        build_description(caps_describe_results_init_root(&invocation->results), cap);
    return error;
}

/* --- derive --- */

/* What is passed on could be passed on anywhere by its holder as it is: so this one may, too. */
static err_t narrow(const struct cap *original, struct caps_derive_params_reader wish,
                    struct cap_rights *rights)
{
    enum scope scope = caps_derive_params_scope(wish);

    *rights = original->rights;
    if (!transfer_is_allowed(original))
        return ERR_NOT_PERMITTED;
    if (scope >= SCOPE_COUNT)
        return ERR_BAD_ARGUMENT;
    if ((int)scope < rights->scope)
        return ERR_NOT_PERMITTED;
    rights->first_hand = rights->first_hand || rights->scope == CAP_SHAREABLE;
    rights->scope = (uint8_t)scope;
    rights->disclosure &= caps_derive_params_disclosure(wish);
    rights->forwarded = true;
    return ERR_OK;
}

static err_t give_both(struct invocation *invocation, struct object *forwarder,
                       const struct cap_rights *rights)
{
    static const struct cap_rights revoking = {
        .interface_id = INTERFACE_REVOKER, .facet = FACET_REVOKER, .first_hand = true};
    struct caps_derive_results_builder results;
    uint32_t derived, revoker;
    err_t error = invocation_give(invocation, forwarder, rights, &derived);

    if (!error)
        error = invocation_give(invocation, forwarder, &revoking, &revoker);
    if (error)
        return error;
    results = caps_derive_results_init_root(&invocation->results);
    caps_derive_results_set_derived(results, derived);
    caps_derive_results_set_revoker(results, revoker);
    return ERR_OK;
}

static err_t derive(struct invocation *invocation)
{
    struct caps_derive_params_reader params = caps_derive_params_root(&invocation->params);
    struct object *forwarder;
    struct cap_rights rights;
    const struct cap *original;
    err_t error = find(invocation, caps_derive_params_handle(params), &original);

    if (!error)
        error = narrow(original, params, &rights);
    if (!error)
        error = forwarder_create(invocation->process->ledger, original, &forwarder);
    if (error)
        return error;
    error = give_both(invocation, forwarder, &rights);
    object_put(forwarder); /* the capabilities keep it */
    return error;
}

static const struct method methods[CAPS_METHODS] = {
    [CAPS_DESCRIBE] = {describe, RESULT_WORDS(CAPS_DESCRIBE), 0},
    [CAPS_DERIVE] = {derive, RESULT_WORDS(CAPS_DERIVE), 2},
};

static const struct object_type type = {
    .name = "capability table",
    .interface_id = INTERFACE_CAPS,
    .methods = methods,
    .n_methods = CAPS_METHODS,
};

struct object cap_table_object = {.type = &type, .refs = 1};
