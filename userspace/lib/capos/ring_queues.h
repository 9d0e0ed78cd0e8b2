/*
 * The two queues of a ring, for the parts of this library that work on them.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/ring.h"

/* The user_data of the releases of dropped capabilities; ring_next_id() never gives it. */
#define RELEASE_ID RING_OWN

/* How far the kernel has taken submissions. Acquire: it has copied an entry before it says so. */
static inline uint32_t queue_taken(const struct ring *ring)
{
    return __atomic_load_n(&ring->sq_head, __ATOMIC_ACQUIRE);
}

static inline void queue_push(struct ring *ring, const struct ring_submission *submission)
{
    ring->sq[ring->sq_tail % RING_SUBMISSIONS] = *submission;
    /* Release: the entry, and the message it names, before the tail that shows it. */
    __atomic_store_n(&ring->sq_tail, ring->sq_tail + 1, __ATOMIC_RELEASE);
}

/* Takes the last one back, which the kernel has not taken. */
static inline void queue_unpush(struct ring *ring)
{
    __atomic_store_n(&ring->sq_tail, ring->sq_tail - 1, __ATOMIC_RELEASE);
}

/* Completions that nobody has consumed. Acquire: the kernel writes an entry before it says so. */
static inline uint32_t queue_len(const struct ring *ring)
{
    return __atomic_load_n(&ring->cq_tail, __ATOMIC_ACQUIRE) - ring->cq_head;
}

static inline struct ring_completion *queue_at(struct ring *ring, uint32_t index)
{
    return &ring->cq[index % RING_COMPLETIONS];
}

/* Gives the oldest entry back. Release: all reads of it come before. */
static inline void queue_pop(struct ring *ring)
{
    __atomic_store_n(&ring->cq_head, ring->cq_head + 1, __ATOMIC_RELEASE);
}

/* Finds the oldest completion with that user_data. */
bool queue_find(struct ring *, uint64_t user_data, uint32_t *index);

/* Takes the entry INDEX out; those before it move up by one to close the gap. */
void queue_remove(struct ring *, uint32_t index);

/* Queues the releases of dropped capabilities, but leaves room for N submissions of the program. */
void drops_push(struct ring_client *, uint32_t n);
static inline void drops_queue(struct ring_client *client, uint32_t n)
{
    if (client->n_drops > 0)
        drops_push(client, n);
}

/* Consumes the completions of releases. The kernel completes them as it takes them, so those that
 * are left after this stand in the submission queue. */
void releases_find(struct ring_client *);
static inline void releases_sweep(struct ring_client *client)
{
    if (client->n_releases > 0)
        releases_find(client);
}
