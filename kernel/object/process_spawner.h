/*
 * ProcessSpawner (kernel.capnp): starts programs of the boot package.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "object/object.h"
#include "session/scope.h"

struct invocation;
struct session;

extern struct object process_spawner;

/* Carries out a spawn, by whichever interface it came: the child's session is SESSION. */
err_t process_spawner_spawn(struct invocation *invocation, struct session *session,
                            enum crossing how);
