/*
 * What the programs share: the memory, and how they wait at its words.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"

#define PAGE      4096
#define SHARED_AT 0x30000000 /* where processes.guest.c maps the memory */

/* The second page of the memory object; the first one holds nothing. */
struct shared {
    uint32_t word, next_word;
    uint32_t mutex; /* 0: free, 1: taken, 2: taken, and somebody waits */
    uint32_t turn;
    volatile uint64_t counter;
};

/* What the peer is to do: its argument. */
enum task { WAKE, WAKE_ELSEWHERE, WAKE_BEHIND, WAIT_TWICE, WAIT_FOR_EVER, COUNT, TAKE_TURNS };

#define INCREMENTS 5000
#define TURNS      5000

/* Maps N pages of the memory from its page FIRST on; where. */
static inline uint8_t *map(cap_t memory, uint64_t at, uint32_t first, uint32_t n,
                           enum access access)
{
    check(outcome_is_done(memory_map(memory, at, first, n, access, &at)), "a mapping");
    return (uint8_t *)at;
}

static inline void unmap(cap_t memory, const void *at)
{
    check(outcome_is_done(memory_unmap(memory, (uint64_t)at)), "a mapping to take away");
}

/* A page of the process's own. */
static inline uint32_t *map_private(uint64_t at)
{
    check(outcome_is_done(vm_map(capos_cap("memory"), at, 1, ACCESS_READ_WRITE, &at)), "a page");
    return (uint32_t *)at;
}

static inline uint64_t wake(const uint32_t *word, uint32_t n)
{
    uint64_t woken;

    check(outcome_is_done(park_wake(capos_cap("park"), word, n, &woken)), "a wake");
    return woken;
}

/* Begins to wait while the word is 0, as the operation ID of this thread. */
static inline void park_submit(uint64_t id, const uint32_t *word)
{
    struct ring_submission submission = {
        .opcode = RING_PARK,
        .user_data = id,
        .cap = capos_cap("park"),
        .argument = (uint64_t)word,
    };

    check(ring_submit(ring_mine(), &submission), "room in the submission queue");
    check(ring_enter(ring_mine(), 0, 0) == 1, "an operation that is taken");
}

static inline void park_cancel(uint64_t id)
{
    struct ring_completion completion;

    check(ring_cancel(ring_mine(), id) == ERR_OK, "a wait to cancel");
    check(ring_take(ring_mine(), id, &completion), "its end");
    check(completion.status == -ERR_CANCELLED, "a cancelled wait");
}

/* The next one to end, which is ID, woken. */
static inline void woken(uint64_t id)
{
    struct ring_completion completion;

    check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "the end of %lu", id);
    check(completion.user_data == id && completion.status == 0, "the end of %lu, not of %lu, %d",
          id, completion.user_data, completion.status);
}

static inline void lock(uint32_t *mutex)
{
    uint32_t seen = 0;

    if (__atomic_compare_exchange_n(mutex, &seen, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return;
    while (__atomic_exchange_n(mutex, 2, __ATOMIC_ACQUIRE) != 0)
        park_wait(capos_cap("park"), mutex, 2, RING_NEVER);
}

static inline void unlock(uint32_t *mutex)
{
    if (__atomic_exchange_n(mutex, 0, __ATOMIC_RELEASE) == 2)
        wake(mutex, 1);
}

/* Holds the mutex for some time, so that the other side comes meanwhile. */
static inline void count(struct shared *shared)
{
    for (unsigned i = 0; i < INCREMENTS; i++) {
        uint64_t seen;

        lock(&shared->mutex);
        seen = shared->counter;
        if (i % 64 == 0)
            thread_control_yield(capos_cap("thread"));
        shared->counter = seen + 1;
        unlock(&shared->mutex);
    }
}

/* Waits until the turn is MINE, counted, and hands it on. */
static inline void take_turns(struct shared *shared, uint32_t mine)
{
    for (unsigned i = 0; i < TURNS; i++) {
        uint32_t seen;

        while ((seen = __atomic_load_n(&shared->turn, __ATOMIC_ACQUIRE)) != mine)
            park_wait(capos_cap("park"), &shared->turn, seen, RING_NEVER);
        __atomic_store_n(&shared->turn, !mine, __ATOMIC_RELEASE);
        wake(&shared->turn, 1);
    }
}
