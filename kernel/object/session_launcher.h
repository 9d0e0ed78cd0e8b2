/*
 * SessionLauncher (kernel.capnp): starts programs in its session.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"

/* Of a struct session_holder. */
extern const struct object_type session_launcher_type;
