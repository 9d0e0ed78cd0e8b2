/*
 * Threads that run a C function, with a guarded stack and thread-local variables of their own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The grants "threads", "memory" and "thread" are needed. A thread's stack is one mapping, which
 * whoever joins it gives back:
 *
 *     guard page | stack | what the thread runs | thread-local variables | thread control block
 */
#pragma once

#include "abi/kernel.calls.h"

#define THREAD_STACK_PAGES 16

struct thread {
    cap_t handle;
    uint64_t stack; /* the mapping's first address */
    uint32_t pages; /* of it, with the guard */
};

/* Starts a thread, whose exit code is what RUN returns. On a refusal nothing is left behind. */
struct outcome thread_start(struct thread *, int (*run)(void *), void *argument);

/* The same with a priority, 1 to the caller's own. */
struct outcome thread_start_with(struct thread *, int (*run)(void *), void *argument,
                                 uint32_t priority);

/* Waits for its end and gives back everything. */
struct outcome thread_finish(struct thread *, uint32_t *code);
