/*
 * UserSession (kernel.capnp): a session, for those who act in it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

struct invocation;
struct session;

/* Of a struct session, which is the object. */
extern const struct object_type user_session_type;

/* Gives the caller a UserSession of SESSION, as the one who made it; *INDEX and errors as of
 * invocation_give(). */
err_t user_session_give(struct invocation *invocation, struct session *session, uint32_t *index);
