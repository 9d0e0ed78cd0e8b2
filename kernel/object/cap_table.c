/*
 * CapTable (kernel.capnp): what the caller's own handles mean.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/cap_table.h"

#include "abi/kernel.capnp.h"
#include "process/process.h"
#include "ring/invocation.h"

_Static_assert((int)CAPS_FACET_OBJECT == FACET_OBJECT, "one numbering");
_Static_assert((int)CAPS_FACET_CLIENT == FACET_CLIENT, "one numbering");

static err_t describe(struct invocation *invocation)
{
    cap_t handle = caps_describe_params_handle(caps_describe_params_root(&invocation->params));
    const struct cap *cap = cap_find(&invocation->process->caps, handle);
    struct caps_describe_results_builder results;

    if (!cap)
        return ERR_BAD_HANDLE;
    results = caps_describe_results_init_root(&invocation->results);
    caps_describe_results_set_interface_id(results, cap->rights.interface_id);
    caps_describe_results_set_facet(results, (enum caps_facet)cap->rights.facet);
    caps_describe_results_set_policy(results, transfer_is_allowed(cap) ? CAPS_POLICY_COPY
                                                                       : CAPS_POLICY_NONE);
    return ERR_OK;
}

static const struct method methods[CAPS_METHODS] = {
    [CAPS_DESCRIBE] = {describe, RESULT_WORDS(CAPS_DESCRIBE), 0},
};

static const struct object_type type = {
    .name = "capability table",
    .interface_id = INTERFACE_CAPS,
    .methods = methods,
    .n_methods = CAPS_METHODS,
};

struct object cap_table_object = {.type = &type, .refs = 1};
