/*
 * ThreadHandle and ThreadSpawner (kernel.capnp): threads of the caller's process.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/kernel.capnp.h"
#include "object/object.h"

struct call;

extern const struct method thread_methods[THREAD_METHODS];
extern struct object thread_spawner;

/* The joined thread has ended. */
void thread_handle_complete_join(struct call *joiner, uint32_t code);
