/*
 * The thread's side of its ring: submissions in, completions out, room in the arena.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/ring.h"

#include "capos/syscall.h"

#define ARENA_OFFSET 4096

static _Thread_local struct ring_client mine;

void ring_init(struct ring_client *client, struct ring *ring)
{
    *client = (struct ring_client){
        .ring = ring,
        .arena = (uint8_t *)ring + ARENA_OFFSET,
        .arena_len = ring->arena_len,
    };
}

struct ring_client *ring_mine(void)
{
    return &mine;
}

uint64_t ring_next_id(struct ring_client *client)
{
    return RING_OWN | ++client->last_id;
}

/* Acquire: the kernel has copied an entry before it moves its head past it. */
uint32_t ring_pending(const struct ring_client *client)
{
    return client->ring->sq_tail - __atomic_load_n(&client->ring->sq_head, __ATOMIC_ACQUIRE);
}

/* Acquire: an entry is written before the kernel moves its tail past it. */
uint32_t ring_held(const struct ring_client *client)
{
    return __atomic_load_n(&client->ring->cq_tail, __ATOMIC_ACQUIRE) - client->ring->cq_head;
}

/* Each submission that was taken has, or will have, one completion. */
uint32_t ring_credit(const struct ring_client *client)
{
    uint32_t promised =
        __atomic_load_n(&client->ring->sq_head, __ATOMIC_ACQUIRE) - client->ring->cq_head;

    return promised < RING_COMPLETIONS ? RING_COMPLETIONS - promised : 0;
}

bool ring_submit(struct ring_client *client, const struct ring_submission *submission)
{
    struct ring *ring = client->ring;

    if (ring_pending(client) >= RING_SUBMISSIONS)
        return false;
    ring->sq[ring->sq_tail % RING_SUBMISSIONS] = *submission;
    /* Release: the entry, and the message it names, before the tail that shows it. */
    __atomic_store_n(&ring->sq_tail, ring->sq_tail + 1, __ATOMIC_RELEASE);
    return true;
}

int64_t ring_enter(struct ring_client *client, uint32_t min_complete, uint64_t deadline)
{
    return syscall_cap_enter(ring_pending(client), min_complete, deadline);
}

/* Takes the entry INDEX out of the queue. The kernel never reads an entry back, so those before it
 * move up by one to close the gap. */
static void completion_remove(struct ring *ring, uint32_t index, struct ring_completion *out)
{
    *out = ring->cq[index % RING_COMPLETIONS];
    for (; index != ring->cq_head; index--)
        ring->cq[index % RING_COMPLETIONS] = ring->cq[(index - 1) % RING_COMPLETIONS];
    /* Release: all reads of the entry before the head that gives it back. */
    __atomic_store_n(&ring->cq_head, ring->cq_head + 1, __ATOMIC_RELEASE);
}

bool ring_poll(struct ring_client *client, struct ring_completion *out)
{
    if (ring_held(client) == 0)
        return false;
    completion_remove(client->ring, client->ring->cq_head, out);
    return true;
}

bool ring_take(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    struct ring *ring = client->ring;
    uint32_t held = ring_held(client);

    for (uint32_t i = 0; i < held; i++) {
        if (ring->cq[(ring->cq_head + i) % RING_COMPLETIONS].user_data != user_data)
            continue;
        completion_remove(ring, ring->cq_head + i, out);
        return true;
    }
    return false;
}

err_t ring_wait(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    for (;;) {
        /* Counted before the look: what comes after it is one more than these. */
        uint32_t held = ring_held(client), n = ring_pending(client), credit = ring_credit(client);
        int64_t taken;

        if (ring_take(client, user_data, out))
            return ERR_OK;
        if (held >= RING_COMPLETIONS)
            return ERR_NO_CALLS;
        taken = syscall_cap_enter(n < credit ? n : credit, held + 1, RING_NEVER);
        if (taken < 0)
            return (err_t)-taken;
    }
}

err_t ring_finish(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    if (ring_pending(client) > ring_credit(client)) {
        /* Not to be taken later, when its part of the arena holds something else. */
        __atomic_store_n(&client->ring->sq_tail, client->ring->sq_tail - 1, __ATOMIC_RELEASE);
        return ERR_NO_CALLS;
    }
    return ring_wait(client, user_data, out);
}

err_t ring_do(struct ring_client *client, struct ring_submission *submission,
              struct ring_completion *out)
{
    submission->user_data = ring_next_id(client);
    if (!ring_submit(client, submission))
        return ERR_NO_CALLS;
    return ring_finish(client, submission->user_data, out);
}

err_t ring_cancel(struct ring_client *client, uint64_t user_data)
{
    struct ring_submission cancel = {.opcode = RING_CANCEL, .argument = user_data};
    struct ring_completion completion;
    err_t err = ring_do(client, &cancel, &completion);

    return err ? err : (err_t)-completion.status;
}

uint32_t ring_alloc(struct ring_client *client, size_t len)
{
    uint32_t offset = client->used;
    uint32_t left = client->arena_len - offset;

    if (len > left || ((len + 7) & ~7ul) > left)
        return RING_NO_OFFSET;
    client->used += (len + 7) & ~7ul;
    return offset;
}
