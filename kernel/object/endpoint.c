/*
 * Endpoint: where calls from one process wait for another to receive them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/endpoint.h"

#include "abi/kernel.capnp.h"
#include "cap/table.h"
#include "diag/panic.h"
#include "lib/string.h"
#include "mem/pool.h"
#include "object/reply.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "ring/ring.h"
#include "ring/transfer.h"
#include "sched/thread.h"

struct endpoint {
    struct object object;
    bool closed;
    struct list callers;   /* calls that nobody has received, in their order */
    struct list receivers; /* RECVs that wait; one of the two is empty */
};

static struct pool endpoints = POOL("endpoint", struct endpoint);

static struct endpoint *endpoint_of(struct object *object)
{
    return (struct endpoint *)object;
}

static void withdraw(struct call *call)
{
    list_remove(&call->in_queue);
}

static const struct call_kind calling = {withdraw};
static const struct call_kind receiving = {withdraw};

static struct call *first_of(struct list *queue)
{
    struct list *node = list_first(queue);

    return node ? LIST_ENTRY(node, struct call, in_queue) : NULL;
}

/* --- Delivery --- */

/* Where the capabilities of a delivery stand: behind header and message. */
static uint32_t delivery_len(const struct call *call)
{
    return (uint32_t)sizeof(struct ring_delivery) + call->message.params_len;
}

/* Copies the message of CALL and its capabilities to the receiver. Nothing has changed for it when this fails. */
static err_t copy_message(const struct call *call, const struct call *receiver, cap_t reply)
{
    uint8_t *space = ring_arena(&receiver->thread->ring, receiver->result, receiver->result_len);
    struct ring_cap caps[RING_TRANSFERS_MAX];
    struct transfers transfers;
    struct ring_delivery delivery = {
        .reply = reply,
        .interface_id = call->message.interface_id,
        .cookie = call->message.cookie,
        .params_len = call->message.params_len,
        .method = call->message.method,
        .n_caps = (uint16_t)call->message.n_transfers,
    };
    err_t error = transfers_read(call->thread, call->message.transfers, call->message.n_transfers,
                                 &transfers);

    if (!error && delivery_len(call) + transfers.n * sizeof(caps[0]) > receiver->result_len)
        error = ERR_NO_ROOM;
    if (!error)
        error = transfers_copy(&transfers, &receiver->thread->process->caps, caps);
    if (error)
        return error;
    memcpy(space, &delivery, sizeof(delivery));
    /* Both may be in one arena, of a thread that calls itself. */
    memmove(space + sizeof(delivery),
            ring_arena(&call->thread->ring, call->message.params, call->message.params_len),
            call->message.params_len);
    memcpy(space + delivery_len(call), caps, transfers.n * sizeof(caps[0]));
    return ERR_OK;
}

/* Whose fault it is that a call cannot be delivered: the receiver's, when it has no means for the reply; then the
 * call stays in line. Otherwise the caller's. */
static bool deliver(struct call *call, struct call *receiver)
{
    struct process *server = receiver->thread->process;
    uint32_t len = delivery_len(call);
    unsigned n_caps = call->message.n_transfers;
    struct reply *reply;
    cap_t handle;
    err_t error = reply_create(server, &reply, &handle);

    if (error) {
        withdraw(receiver);
        call_complete(receiver, -(int32_t)error, 0, 0, 0);
        return false;
    }
    error = copy_message(call, receiver, handle);
    if (error) {
        cap_release(&server->caps, handle);
        withdraw(call);
        call_fail(call, error);
        return false;
    }
    withdraw(call);
    reply_attach(reply, call);
    withdraw(receiver);
    call_complete(receiver, 0, len, 0, n_caps);
    return true;
}

/* Each turn ends a call or a receiver. */
static void match(struct endpoint *endpoint)
{
    while (!list_empty(&endpoint->callers) && !list_empty(&endpoint->receivers))
        deliver(first_of(&endpoint->callers), first_of(&endpoint->receivers));
}

/* --- The ring's operations --- */

err_t endpoint_call(struct thread *thread, const struct ring_submission *submission,
                    const struct cap *cap)
{
    struct endpoint *endpoint = endpoint_of(cap->object);
    struct transfers transfers;
    struct call *call;

    if (!ring_arena(&thread->ring, submission->params, submission->params_len) ||
        !ring_arena(&thread->ring, submission->result, submission->result_len))
        return ERR_BAD_ARENA;

    err_t error =
        transfers_read(thread, submission->transfers, submission->n_transfers, &transfers);

    if (!error)
        error = call_begin(thread, submission, &calling, &endpoint->object, submission->deadline,
                           &call);
    if (error)
        return error;
    if (endpoint->closed) {
        call_fail(call, ERR_DISCONNECTED);
        return ERR_OK;
    }
    call->message.params = submission->params;
    call->message.params_len = submission->params_len;
    call->message.transfers = submission->transfers;
    call->message.n_transfers = submission->n_transfers;
    call->message.interface_id = submission->interface_id;
    call->message.cookie = cap->rights.cookie;
    call->message.method = submission->method;
    list_insert(&endpoint->callers, &call->in_queue);
    match(endpoint);
    return ERR_OK;
}

err_t endpoint_recv(struct thread *thread, const struct ring_submission *submission,
                    struct object *object)
{
    struct endpoint *endpoint = endpoint_of(object);
    struct call *call;

    if (!ring_arena(&thread->ring, submission->result, submission->result_len))
        return ERR_BAD_ARENA;
    if (submission->result_len < sizeof(struct ring_delivery))
        return ERR_NO_ROOM;
    if (endpoint->closed)
        return ERR_DISCONNECTED;

    err_t error = call_begin(thread, submission, &receiving, object, submission->deadline, &call);

    if (error)
        return error;
    list_insert(&endpoint->receivers, &call->in_queue);
    match(endpoint);
    return ERR_OK;
}

/* Copies results and capabilities to the caller, and ends its call. */
static void answer(struct call *call, const struct ring_submission *submission, const void *message,
                   const struct transfers *transfers)
{
    uint8_t *space = ring_arena(&call->thread->ring, call->result, call->result_len);
    struct cap_table *table = &call->thread->process->caps;
    uint32_t len = submission->params_len;
    bool exception = submission->flags & RING_EXCEPTION;
    struct ring_cap caps[RING_TRANSFERS_MAX];

    if (len + transfers->n * sizeof(caps[0]) > call->result_len) {
        if (exception)
            call_complete(call, RING_STATUS_TRUNCATED, 0, submission->value, 0);
        else
            call_complete(call, -ERR_NO_ROOM, 0, len, 0);
        return;
    }

    err_t error = transfers_copy(transfers, table, caps);

    if (error) {
        call_fail(call, error);
        return;
    }
    memmove(space, message, len);
    memcpy(space + len, caps, transfers->n * sizeof(caps[0]));
    call_complete(call, exception ? RING_STATUS_EXCEPTION : 0, len, submission->value,
                  transfers->n);
}

err_t endpoint_return(struct thread *thread, const struct ring_submission *submission,
                      const struct cap *reply)
{
    const void *message = ring_arena(&thread->ring, submission->params, submission->params_len);
    bool exception = submission->flags & RING_EXCEPTION;
    struct transfers transfers;

    if (!message)
        return ERR_BAD_ARENA;
    if (!exception && submission->value)
        return ERR_BAD_FLAGS;

    err_t error =
        transfers_read(thread, submission->transfers, submission->n_transfers, &transfers);

    if (error)
        return error;

    struct call *call = reply_take(reply->object);

    if (call)
        answer(call, submission, message, &transfers);
    cap_release(&thread->process->caps, submission->cap);
    return call ? ERR_OK : ERR_CANCELLED;
}

/* --- The object --- */

/* As many as are in line: each was charged to somebody, and ends here. */
static void close(struct endpoint *endpoint)
{
    endpoint->closed = true;
    while (!list_empty(&endpoint->callers)) {
        struct call *call = first_of(&endpoint->callers);

        withdraw(call);
        call_fail(call, ERR_DISCONNECTED);
    }
    while (!list_empty(&endpoint->receivers))
        call_withdraw(first_of(&endpoint->receivers), ERR_DISCONNECTED);
}

static void dropped(struct object *object)
{
    struct endpoint *endpoint = endpoint_of(object);

    if (object->n_caps[FACET_OBJECT] == 0 && !endpoint->closed) {
        object_get(object); /* the last caller's end must not end it under our feet */
        close(endpoint);
        object_put(object);
    }
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
    if (!endpoint_of(invocation->object)->closed)
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
