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
    struct session_holder *holder = pool_alloc(&pool);

    if (!holder)
        return ERR_NO_MEMORY;

    err_t error = object_init(&holder->object, type, ledger);

    if (error) {
        pool_free(&pool, holder);
        return error;
    }
    holder->session = session;
    object_get(&session->object);
    *out = &holder->object;
    return ERR_OK;
}

void holder_destroy(struct object *object)
{
    struct session *session = holder_session(object);

    pool_free(&pool, object);
    object_put(&session->object);
}
