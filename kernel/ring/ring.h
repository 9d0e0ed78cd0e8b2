/*
 * The kernel's side of a thread's ring (abi/ring.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * The pages are the kernel's; the thread can write them at any time. So the indices that count are
 * here, what is read from the ring is copied before it is looked at, and nothing that was written
 * is read back. Owned by the thread, under the kernel lock.
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
    uint32_t tapped;    /* submissions that the ring tap has written, if it is on */
    uint32_t in_flight; /* completions that are promised */
};

/* Makes and maps a ring of PAGES arena pages (a power of two) for a new thread of PROCESS, charged
 * to it. */
err_t ring_create(struct process *process, uint32_t pages, struct thread *thread);

/* Unmaps it and gives the pages back. */
void ring_destroy(struct process *process, struct thread *thread);

/* Completions that RING's thread has not consumed; -1 when its index lies. */
static inline int ring_unconsumed(const struct ring_state *ring)
{
    uint32_t n = ring->cq_tail - __atomic_load_n(&ring->page->cq_head, __ATOMIC_ACQUIRE);

    return n <= RING_COMPLETIONS ? (int)n : -1;
}

/* Whether fewer than N completions are there for the thread; false also when its index lies. */
static inline bool ring_lacks(const struct ring_state *ring, uint32_t n)
{
    return ring->cq_tail - __atomic_load_n(&ring->page->cq_head, __ATOMIC_ACQUIRE) < n;
}

/* Whether the arena has the LEN bytes at OFFSET; that both are multiples of 8 is the caller's to
 * check. */
static inline bool ring_holds(const struct ring_state *ring, uint32_t offset, uint32_t len)
{
    return (uint64_t)offset + len <= ring->arena_len;
}

/* The LEN bytes of the arena at OFFSET, both multiples of 8; NULL when they are not in it. */
static inline void *ring_arena(const struct ring_state *ring, uint32_t offset, uint32_t len)
{
    if ((offset | len) % 8 || offset > ring->arena_len || len > ring->arena_len - offset)
        return NULL;
    return ring->arena + offset;
}
