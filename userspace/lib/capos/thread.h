/*
 * Clients of ThreadSpawner, ThreadHandle, ThreadControl and ParkSpace.
 * SPDX-License-Identifier: Apache-2.0
 *
 * These are the bare operations; thread_start.h starts a thread that runs a C function.
 */
#pragma once

#include "capos/call.h"

struct thread_request {
    uint64_t entry, stack, argument, fs_base;
    uint32_t arena_pages; /* 0: one */
    uint32_t priority;    /* 0: the caller's */
};

struct outcome thread_create(cap_t threads, const struct thread_request *, cap_t *thread);

/* Waits for the thread's end; its exit code (may be NULL). */
struct outcome thread_join(cap_t thread, uint32_t *code);
struct outcome thread_detach(cap_t thread);

/* The calling thread. thread_exit() returns only when it is refused. */
struct outcome thread_exit(cap_t control, uint32_t code);
struct outcome thread_set_fs_base(cap_t control, uint64_t address);
struct outcome thread_get_fs_base(cap_t control, uint64_t *address);
struct outcome thread_yield(cap_t control);

/* Waits while *WORD is EXPECTED, until somebody wakes it or the deadline (0: none) has passed. */
struct outcome park_wait(cap_t park, const uint32_t *word, uint32_t expected, uint64_t deadline);

/* Wakes at most N who wait at WORD; how many that were (may be NULL). */
struct outcome park_wake(cap_t park, const uint32_t *word, uint32_t n, uint64_t *woken);
