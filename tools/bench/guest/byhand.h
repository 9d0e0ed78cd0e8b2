/*
 * The ring by hand: submissions and completions of the one thread of a program, without the
 * library.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What a client would do that counts each instruction, and no less: indices are published with
 * release, the kernel is entered until the completions are there, and each one's status is looked
 * at.
 */
#pragma once

#include "abi/syscall.h"
#include "capos/capos.h"

static struct ring *ring;
static uint8_t *arena;

static inline void byhand_init(void)
{
    ring = ring_mine()->ring;
    arena = ring_mine()->arena;
}

static inline struct ring_submission *next_submission(void)
{
    return &ring->sq[ring->sq_tail % RING_SUBMISSIONS];
}

static inline void push(void)
{
    __atomic_store_n(&ring->sq_tail, ring->sq_tail + 1, __ATOMIC_RELEASE);
}

static inline void put(const struct ring_submission *submission)
{
    *next_submission() = *submission;
    push();
}

/* Submits N of those pushed, and waits for as many completions. */
static inline void enter(uint32_t n)
{
    do
        syscall_cap_enter(n, n, RING_NEVER);
    while (__atomic_load_n(&ring->cq_tail, __ATOMIC_ACQUIRE) - ring->cq_head < n);
}

/* Consumes N completions, which have come; each must be good. */
static inline void consume(uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (ring->cq[(ring->cq_head + i) % RING_COMPLETIONS].status)
            check(false, "an operation of the benchmark failed");
    }
    __atomic_store_n(&ring->cq_head, ring->cq_head + n, __ATOMIC_RELEASE);
}

/* Whether the last completion, not consumed yet, is a good one. */
static inline bool last_is_good(void)
{
    return ring->cq[(ring->cq_tail - 1) % RING_COMPLETIONS].status == 0;
}
