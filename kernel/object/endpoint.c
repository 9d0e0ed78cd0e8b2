/*
 * Endpoint: where calls from one process wait for another to receive them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/endpoint.h"

#include "abi/kernel.capnp.h"
#include "mem/pool.h"
#include "object/reply.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/deliver.h"
#include "ring/invocation.h"
#include "sched/thread.h"
#include "session/reference.h"
#include "session/session.h"

static struct pool endpoints = POOL("endpoint", struct endpoint);
static uint64_t last_id;

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

/* A client for whoever asks, in whose session it will call. */
static err_t give_client(struct invocation *invocation, struct endpoint *endpoint,
                         struct cap_rights *rights, uint32_t *index)
{
    if (rights->interface_id == 0 || rights->scope >= CAP_SCOPES)
        return ERR_BAD_ARGUMENT;
    rights->facet = FACET_CLIENT;
    rights->first_hand = true;
    reference_get(endpoint->id, invocation->process->session->id, rights->reference);
    return invocation_give(invocation, &endpoint->object, rights, index);
}

static err_t mint(struct invocation *invocation)
{
    struct endpoint_mint_params_reader params = endpoint_mint_params_root(&invocation->params);
    unsigned scope = endpoint_mint_params_scope(params);
    struct cap_rights rights = {.interface_id = endpoint_mint_params_interface_id(params),
                                .cookie = endpoint_mint_params_cookie(params),
                                .disclosure = endpoint_mint_params_disclosure(params),
                                .scope = scope < CAP_SCOPES ? (uint8_t)scope : CAP_SCOPES};
    uint32_t index;
    err_t error = give_client(invocation, endpoint_of(invocation->object), &rights, &index);

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

/* The call behind a Reply of the caller's, which came by this endpoint; NULL: there is no such
 * reply. */
static err_t find_call(const struct invocation *invocation, cap_t handle, const struct call **call)
{
    const struct cap *cap = cap_find(&invocation->process->caps, handle);

    if (!cap)
        return ERR_BAD_HANDLE;
    if (cap->rights.interface_id != INTERFACE_REPLY || cap->rights.facet != FACET_OBJECT)
        return ERR_BAD_INTERFACE;
    *call = reply_of(cap->object)->call;
    if (!*call)
        return ERR_CANCELLED;
    return (*call)->object == invocation->object ? ERR_OK : ERR_BAD_ARGUMENT;
}

static uint32_t count_bits(unsigned mask)
{
    uint32_t n = 0;

    for (; mask; mask &= mask - 1)
        n++;
    return n;
}

static void build_subject(struct capnp_builder *builder, const struct session *session,
                          unsigned disclosed)
{
    struct endpoint_subject_results_builder results = endpoint_subject_results_init_root(builder);
    struct capnp_list_builder fields =
        endpoint_subject_results_init_fields(results, count_bits(disclosed));

    for (uint32_t n = 0; disclosed; disclosed &= disclosed - 1, n++) {
        struct endpoint_field_builder field = endpoint_field_init_at(fields, n);
        unsigned i = (unsigned)__builtin_ctz(disclosed);

        endpoint_field_set_index(field, (uint16_t)i);
        endpoint_field_set_value(field,
                                 capnp_data(session->fields[i].bytes, session->fields[i].len));
    }
}

static err_t subject(struct invocation *invocation)
{
    const struct call *call;
    err_t error = find_call(
        invocation,
        endpoint_subject_params_reply(endpoint_subject_params_root(&invocation->params)), &call);

    if (error)
        return error;

    const struct session *session = call->thread->process->session;

    if (!session->live)
        return ERR_STALE_SESSION;
    build_subject(&invocation->results, session, call->message.disclosed);
    return ERR_OK;
}

static const struct method methods[ENDPOINT_METHODS] = {
    [ENDPOINT_MINT] = {mint, RESULT_WORDS(ENDPOINT_MINT), 1},
    [ENDPOINT_CLOSE] = {close_method, RESULT_WORDS(ENDPOINT_CLOSE), 0},
    [ENDPOINT_SUBJECT] = {subject, RESULT_WORDS(ENDPOINT_SUBJECT), 0},
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
    struct object *object;
    err_t error = object_create(&endpoints, &endpoint_type, ledger, &object);

    if (error)
        return error;
    *endpoint = endpoint_of(object);
    (*endpoint)->id = ++last_id;
    list_init(&(*endpoint)->callers);
    list_init(&(*endpoint)->receivers);
    later_init(&(*endpoint)->rest, deliver_rest);
    return ERR_OK;
}

static err_t create(struct invocation *invocation)
{
    struct cap_rights rights = {.interface_id = endpoints_create_params_interface_id(
                                    endpoints_create_params_root(&invocation->params))};
    struct endpoint *endpoint;
    uint32_t server, client;
    err_t error = new_endpoint(invocation->process->ledger, &endpoint);

    if (error)
        return error;
    error = invocation_give_object(invocation, &endpoint->object, &server);
    if (!error)
        error = give_client(invocation, endpoint, &rights, &client);
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

static const struct object_type factory_type = {
    .name = "endpoint factory",
    .interface_id = INTERFACE_ENDPOINTS,
    .methods = factory_methods,
    .n_methods = ENDPOINTS_METHODS,
    .session_bound = true,
};

struct object endpoint_factory = {.type = &factory_type, .refs = 1};

uint64_t endpoints_count(void)
{
    return pool_used(&endpoints);
}
