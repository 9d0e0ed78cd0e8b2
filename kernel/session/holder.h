/*
 * What SessionControl and SessionLauncher are made of: an object that refers to a session.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It keeps the session as long as it exists. Under the kernel lock.
 */
#pragma once

#include "object/object.h"

struct session;

struct session_holder {
    struct object object;
    struct session *session;
};

/* One of TYPE, whose destroy is holder_destroy, with one reference, charged to LEDGER:
 * ERR_NO_OBJECTS, ERR_NO_MEMORY. */
err_t holder_create(struct ledger *ledger, const struct object_type *type, struct session *session,
                    struct object **object);
void holder_destroy(struct object *object);

static inline struct session *holder_session(const struct object *object)
{
    return ((const struct session_holder *)object)->session;
}
