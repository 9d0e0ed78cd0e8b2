/*
 * Reply: the right to answer one call, once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/reply.h"

#include "abi/kernel.capnp.h"
#include "mem/pool.h"
#include "process/process.h"

static struct pool replies = POOL("reply", struct reply);

/* The caller does not wait for the answer any more. */
static void withdraw(struct call *call)
{
    call->reply->call = NULL;
}

const struct call_kind being_served = {withdraw};

static void destroy(struct object *object)
{
    pool_free(&replies, reply_of(object));
}

static void dropped(struct object *object)
{
    struct call *call = reply_take(reply_of(object));

    if (call)
        call_fail(call, ERR_DISCONNECTED);
}

static const struct object_type type = {
    .name = "reply",
    .interface_id = INTERFACE_REPLY,
    .destroy = destroy,
    .dropped = dropped,
};

static err_t reserve_entry(struct reply *reply, struct cap_table *table)
{
    static const struct cap_rights rights = {.interface_id = INTERFACE_REPLY, .first_hand = true};
    err_t error = cap_reserve(table, &reply->index);

    if (error)
        return error;
    reply->table = table;
    reply->entry = cap_reserved(table, reply->index, &rights);
    return ERR_OK;
}

err_t reply_reserve(struct process *server, struct reply **out)
{
    struct object *object;
    err_t error = object_create(&replies, &type, server->ledger, &object);

    if (error)
        return error;
    *out = reply_of(object);
    error = reserve_entry(*out, &server->caps);
    if (error)
        object_put(object);
    return error;
}

void reply_unreserve(struct reply *reply)
{
    cap_unreserve(reply->table, reply->index);
    object_put(&reply->object);
}
