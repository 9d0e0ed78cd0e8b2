/*
 * The kernel's side of a thread's ring (abi/ring.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * The pages are the kernel's; the thread can write them at any time. So the indices that count are here, what is read
 * from the ring is copied before it is looked at, and nothing that was written is read back. Owned by the thread,
 * under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "abi/ring.h"
#include "lib/types.h"

struct process;
struct thread;

struct ring_state {
    struct ring *page; /* in the direct map; NULL: none */
    uint8_t *arena;    /* likewise; contiguous */
    uint32_t arena_len;
    uint64_t address; /* where the thread sees `page`, and the arena behind it */
    uint32_t sq_head;
    uint32_t cq_tail;
    uint32_t in_flight; /* completions that are promised */
};

/* Makes and maps a ring of PAGES arena pages (a power of two) for a new thread of PROCESS, charged to it. */
err_t ring_create(struct process *process, uint32_t pages, struct thread *thread);

/* Unmaps it and gives the pages back. */
void ring_destroy(struct process *process, struct thread *thread);

/* Takes at most N submissions and carries them out. Returns how many, or -ERR_BAD_RING. *STUCK: there are more, but no
 * completion can be promised for them. */
int64_t ring_take(struct thread *thread, uint32_t n, bool *stuck);

/* Completions that the thread has not consumed; -1 when its index lies. */
int ring_available(const struct thread *thread);

/* Adds a completion, for which there is room by promise, and wakes the thread if it waits for no more. */
void ring_post(struct thread *thread, const struct ring_completion *completion);

/* The LEN bytes of the arena at OFFSET, both multiples of 8; NULL when they are not in it. */
void *ring_arena(const struct thread *thread, uint32_t offset, uint32_t len);
