/*
 * A thread's ring: its submissions and completions, one by one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/ring.h"

#include "capos/ring_queues.h"

#define ARENA_OFFSET 4096

_Thread_local struct ring_client ring_of_thread;

void ring_init(struct ring_client *client, struct ring *ring)
{
    *client = (struct ring_client){
        .ring = ring,
        .arena = (uint8_t *)ring + ARENA_OFFSET,
        .arena_len = ring->arena_len,
    };
}

bool queue_find(struct ring *ring, uint64_t user_data, uint32_t *index)
{
    uint32_t end = ring->cq_head + queue_len(ring);

    for (*index = ring->cq_head; *index != end; ++*index) {
        if (queue_at(ring, *index)->user_data == user_data)
            return true;
    }
    return false;
}

/* The kernel never reads an entry back, so the thread may move them. */
void queue_remove(struct ring *ring, uint32_t index)
{
    for (; index != ring->cq_head; index--)
        *queue_at(ring, index) = *queue_at(ring, index - 1);
    queue_pop(ring);
}

uint32_t ring_pending(const struct ring_client *client)
{
    return client->ring->sq_tail - queue_taken(client->ring);
}

uint32_t ring_held(struct ring_client *client)
{
    releases_sweep(client);
    return queue_len(client->ring);
}

/* Each submission that was taken has, or will have, one completion. */
uint32_t ring_credit(struct ring_client *client)
{
    uint32_t promised;

    releases_sweep(client);
    promised = queue_taken(client->ring) - client->ring->cq_head;
    return promised < RING_COMPLETIONS ? RING_COMPLETIONS - promised : 0;
}

bool ring_submit(struct ring_client *client, const struct ring_submission *submission)
{
    drops_queue(client, 1);
    if (ring_pending(client) >= RING_SUBMISSIONS)
        return false;
    queue_push(client->ring, submission);
    return true;
}

bool ring_poll(struct ring_client *client, struct ring_completion *out)
{
    struct ring *ring = client->ring;

    if (ring_held(client) == 0)
        return false;
    *out = *queue_at(ring, ring->cq_head);
    queue_pop(ring);
    return true;
}

bool ring_take(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    uint32_t index;

    if (!queue_find(client->ring, user_data, &index))
        return false;
    *out = *queue_at(client->ring, index);
    queue_remove(client->ring, index);
    return true;
}
