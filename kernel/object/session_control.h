/*
 * SessionControl (kernel.capnp): power over a session.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

struct session;

/* Of a struct session_holder. */
extern const struct object_type session_control_type;

/* SESSION has ended: completes the waits for it, of which there are at most SESSION_WAITERS. */
void session_tell_end(struct session *session);
