/*
 * UserSession (kernel.capnp): a session, for those who act in it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

/* Of a struct session, which is the object. */
extern const struct object_type user_session_type;
