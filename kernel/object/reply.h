/*
 * Reply: the right to answer one call, once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Reserved, with its entry in the server's table, when the server begins to receive: object and
 * entry are charged then, so no call fails for want of them. Shown, it is a capability of the
 * server's and stands for one call. RETURN consumes it: hidden again, with another handle, for the
 * RECV that goes with it, or gone. Released without an answer, also by the server's death, it tells
 * the caller so. When the caller withdraws first, it answers nobody.
 *
 * The RECV that a reply is reserved for holds the reference to it; shown, the entry does. Under the
 * kernel lock.
 */
#pragma once

#include "cap/table.h"
#include "object/object.h"
#include "ring/call.h"

struct process;

/* A call that waits for a shown reply. */
extern const struct call_kind being_served;

struct reply {
    struct object object;
    struct call *call;       /* shown: whose answer it is; NULL: withdrawn, or answered */
    struct cap_table *table; /* the server's */
    struct cap *entry;
    uint32_t index; /* of the entry */
};

/* A reply for a RECV of SERVER, which pays for it: ERR_NO_OBJECTS, ERR_NO_CAPS, ERR_NO_MEMORY. */
err_t reply_reserve(struct process *server, struct reply **reply);

/* It is not needed after all. */
void reply_unreserve(struct reply *reply);

/* CALL, which waits nowhere, waits for this reserved reply from now on. Returns the server's
 * handle. */
static inline cap_t reply_show(struct reply *reply, struct call *call)
{
    reply->call = call;
    call->reply = reply;
    call->kind = &being_served;
    return cap_show(reply->entry, reply->index, &reply->object);
}

/* Takes an answered one out of the server's hands: reserved again. False: its entry is worn out,
 * and both are gone. */
static inline bool reply_hide(struct reply *reply)
{
    if (__builtin_expect(cap_conceal(reply->table, reply->entry), 1))
        return true;
    object_put(&reply->object);
    return false;
}

/* OBJECT must be one. */
static inline struct reply *reply_of(struct object *object)
{
    return (struct reply *)object;
}

/* The call to answer, which waits nowhere then; NULL: there is none, or its caller has
 * withdrawn. */
static inline struct call *reply_take(struct reply *reply)
{
    struct call *call = reply->call;

    reply->call = NULL;
    return call;
}
