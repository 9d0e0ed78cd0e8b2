/*
 * What SessionControl and SessionLauncher are made of: an object that refers to a session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/holder.h"

#include "mem/pool.h"
#include "session/session.h"

static struct pool pool = POOL("session holder", struct session_holder);

err_t holder_create(struct ledger *ledger, const struct object_type *type, struct session *session,
                    struct object **out)
{
    err_t error = object_create(&pool, type, ledger, out);

    if (error)
        return error;
    ((struct session_holder *)*out)->session = session;
    object_get(&session->object);
    return ERR_OK;
}

void holder_destroy(struct object *object)
{
    struct session *session = holder_session(object);

    pool_free(&pool, object);
    object_put(&session->object);
}
