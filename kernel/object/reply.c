/*
 * Reply: the right to answer one call, once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/reply.h"

#include "abi/kernel.capnp.h"
#include "mem/pool.h"
#include "process/process.h"
#include "ring/call.h"

struct reply {
    struct object object;
    struct call *call; /* NULL: withdrawn, or answered */
};

static struct pool replies = POOL("reply", struct reply);

static struct reply *reply_of(struct object *object)
{
    return (struct reply *)object;
}

/* The caller does not wait for the answer any more. */
static void withdraw(struct call *call)
{
    call->reply->call = NULL;
}

static const struct call_kind being_served = {withdraw};

static void destroy(struct object *object)
{
    pool_free(&replies, reply_of(object));
}

static void dropped(struct object *object)
{
    struct call *call = reply_take(object);

    if (call)
        call_fail(call, ERR_DISCONNECTED);
}

static const struct object_type type = {
    .name = "reply",
    .interface_id = INTERFACE_REPLY,
    .destroy = destroy,
    .dropped = dropped,
};

err_t reply_create(struct process *server, struct reply **out, cap_t *handle)
{
    static const struct cap_rights rights = {.interface_id = INTERFACE_REPLY};
    struct reply *reply = pool_alloc(&replies);

    if (!reply)
        return ERR_NO_MEMORY;

    err_t error = object_init(&reply->object, &type, server->ledger);

    if (error) {
        pool_free(&replies, reply);
        return error;
    }
    error = cap_insert(&server->caps, &reply->object, &rights, handle);
    *out = reply;
    object_put(&reply->object); /* the capability keeps it */
    return error;
}

void reply_attach(struct reply *reply, struct call *call)
{
    reply->call = call;
    call->reply = reply;
    call->kind = &being_served;
}

struct call *reply_take(struct object *object)
{
    struct call *call = reply_of(object)->call;

    reply_of(object)->call = NULL;
    return call;
}
