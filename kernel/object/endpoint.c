/*
 * Endpoint: where calls from one process wait for another to receive them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/endpoint.h"

#include "abi/kernel.capnp.h"
#include "mem/pool.h"
#include "process/process.h"
#include "ring/deliver.h"
#include "ring/invocation.h"

static struct pool endpoints = POOL("endpoint", struct endpoint);

/* --- The object --- */

static void close(struct endpoint *endpoint)
{
    if (endpoint->closed)
        return;
    endpoint->closed = true;
    deliver_all(endpoint);
}

static void dropped(struct object *object)
{
    if (object->n_caps[FACET_OBJECT] == 0)
        close(endpoint_of(object));
}

static void destroy(struct object *object)
{
    pool_free(&endpoints, endpoint_of(object));
}

static err_t mint(struct invocation *invocation)
{
    struct endpoint_mint_params_reader params = endpoint_mint_params_root(&invocation->params);
    uint64_t interface_id = endpoint_mint_params_interface_id(params);
    struct cap_rights rights = {.interface_id = interface_id,
                                .cookie = endpoint_mint_params_cookie(params),
                                .facet = FACET_CLIENT};
    uint32_t index;
    err_t error = interface_id ? invocation_give(invocation, invocation->object, &rights, &index)
                               : ERR_BAD_ARGUMENT;

    if (!error)
        endpoint_mint_results_set_client(endpoint_mint_results_init_root(&invocation->results),
                                         index);
    return error;
}

static err_t close_method(struct invocation *invocation)
{
    endpoint_close_results_init_root(&invocation->results);
    close(endpoint_of(invocation->object));
    return ERR_OK;
}

static const struct method methods[ENDPOINT_METHODS] = {
    [ENDPOINT_MINT] = {mint, RESULT_WORDS(ENDPOINT_MINT), 1},
    [ENDPOINT_CLOSE] = {close_method, RESULT_WORDS(ENDPOINT_CLOSE), 0},
};

const struct object_type endpoint_type = {
    .name = "endpoint",
    .interface_id = INTERFACE_ENDPOINT,
    .methods = methods,
    .n_methods = ENDPOINT_METHODS,
    .destroy = destroy,
    .dropped = dropped,
};

/* --- The factory --- */

static err_t new_endpoint(struct ledger *ledger, struct endpoint **endpoint)
{
    *endpoint = pool_alloc(&endpoints);
    if (!*endpoint)
        return ERR_NO_MEMORY;

    err_t error = object_init(&(*endpoint)->object, &endpoint_type, ledger);

    if (error) {
        pool_free(&endpoints, *endpoint);
        return error;
    }
    list_init(&(*endpoint)->callers);
    list_init(&(*endpoint)->receivers);
    later_init(&(*endpoint)->rest, deliver_rest);
    return ERR_OK;
}

static err_t create(struct invocation *invocation)
{
    uint64_t interface_id =
        endpoints_create_params_interface_id(endpoints_create_params_root(&invocation->params));
    struct endpoint *endpoint;
    uint32_t server, client;
    err_t error =
        interface_id ? new_endpoint(invocation->process->ledger, &endpoint) : ERR_BAD_ARGUMENT;

    if (error)
        return error;
    error = invocation_give_object(invocation, &endpoint->object, &server);
    if (!error)
        error = invocation_give(
            invocation, &endpoint->object,
            &(struct cap_rights){.interface_id = interface_id, .facet = FACET_CLIENT}, &client);
    if (!error) {
        struct endpoints_create_results_builder results =
            endpoints_create_results_init_root(&invocation->results);

        endpoints_create_results_set_server(results, server);
        endpoints_create_results_set_client(results, client);
    }
    object_put(&endpoint->object); /* the capabilities keep it */
    return error;
}

static const struct method factory_methods[ENDPOINTS_METHODS] = {
    [ENDPOINTS_CREATE] = {create, RESULT_WORDS(ENDPOINTS_CREATE), 2},
};

const struct object_type endpoint_factory_type = {
    .name = "endpoint factory",
    .interface_id = INTERFACE_ENDPOINTS,
    .methods = factory_methods,
    .n_methods = ENDPOINTS_METHODS,
};

struct object endpoint_factory = {.type = &endpoint_factory_type, .refs = 1};

uint64_t endpoints_count(void)
{
    return pool_used(&endpoints);
}
