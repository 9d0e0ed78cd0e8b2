/*
 * The thread's side of its ring: submissions in, completions out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/ring.h"

#include "capos/syscall.h"

#define ARENA_OFFSET 4096

/* The user_data of the releases of dropped capabilities; ring_next_id() never gives it. */
#define RELEASE_ID RING_OWN

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

/* Takes the entry INDEX out of the queue. The kernel never reads an entry back, so those before it
 * move up by one to close the gap. */
static void completion_remove(struct ring *ring, uint32_t index)
{
    for (; index != ring->cq_head; index--)
        ring->cq[index % RING_COMPLETIONS] = ring->cq[(index - 1) % RING_COMPLETIONS];
    /* Release: all reads of the entry before the head that gives it back. */
    __atomic_store_n(&ring->cq_head, ring->cq_head + 1, __ATOMIC_RELEASE);
}

/* Acquire: an entry is written before the kernel moves its tail past it. */
static uint32_t queue_len(const struct ring_client *client)
{
    return __atomic_load_n(&client->ring->cq_tail, __ATOMIC_ACQUIRE) - client->ring->cq_head;
}

/* Finds the oldest completion with that user_data. */
static bool completion_find(const struct ring_client *client, uint64_t user_data, uint32_t *index)
{
    uint32_t end = client->ring->cq_head + queue_len(client);

    for (*index = client->ring->cq_head; *index != end; ++*index) {
        if (client->ring->cq[*index % RING_COMPLETIONS].user_data == user_data)
            return true;
    }
    return false;
}

/* Consumes the completions of releases. The kernel completes them as it takes them, so those that
 * are left after this stand in the submission queue. */
__attribute__((noinline)) static void releases_find(struct ring_client *client)
{
    uint32_t index;

    while (client->n_releases > 0 && completion_find(client, RELEASE_ID, &index)) {
        completion_remove(client->ring, index);
        client->n_releases--;
    }
}

static inline void releases_sweep(struct ring_client *client)
{
    if (client->n_releases > 0)
        releases_find(client);
}

uint32_t ring_held(struct ring_client *client)
{
    releases_sweep(client);
    return queue_len(client);
}

/* Each submission that was taken has, or will have, one completion. */
uint32_t ring_credit(struct ring_client *client)
{
    uint32_t promised;

    releases_sweep(client);
    promised = __atomic_load_n(&client->ring->sq_head, __ATOMIC_ACQUIRE) - client->ring->cq_head;
    return promised < RING_COMPLETIONS ? RING_COMPLETIONS - promised : 0;
}

static void push(struct ring *ring, const struct ring_submission *submission)
{
    ring->sq[ring->sq_tail % RING_SUBMISSIONS] = *submission;
    /* Release: the entry, and the message it names, before the tail that shows it. */
    __atomic_store_n(&ring->sq_tail, ring->sq_tail + 1, __ATOMIC_RELEASE);
}

/* Queues the releases of dropped capabilities, but leaves room for N submissions of the program. */
__attribute__((noinline)) static void drops_push(struct ring_client *client, uint32_t n)
{
    while (client->n_drops > 0) {
        uint32_t pending = ring_pending(client) + n;

        if (pending >= RING_SUBMISSIONS || pending >= ring_credit(client))
            return;
        push(client->ring, &(struct ring_submission){.opcode = RING_RELEASE,
                                                     .user_data = RELEASE_ID,
                                                     .cap = client->drops[--client->n_drops]});
        client->n_releases++;
    }
}

static inline void drops_queue(struct ring_client *client, uint32_t n)
{
    if (client->n_drops > 0)
        drops_push(client, n);
}

err_t cap_drop(cap_t cap)
{
    struct ring_client *client = ring_mine();

    if (cap == CAP_NONE)
        return ERR_OK;
    if (client->n_drops >= RING_DROPS_MAX)
        ring_enter(client, 0, 0);
    if (client->n_drops >= RING_DROPS_MAX)
        return ERR_NO_CALLS;
    client->drops[client->n_drops++] = cap;
    return ERR_OK;
}

bool ring_submit(struct ring_client *client, const struct ring_submission *submission)
{
    drops_queue(client, 1);
    if (ring_pending(client) >= RING_SUBMISSIONS)
        return false;
    push(client->ring, submission);
    return true;
}

/* Releases complete as they are taken: whoever waits for completions waits for more by as many. */
int64_t ring_enter(struct ring_client *client, uint32_t min_complete, uint64_t deadline)
{
    drops_queue(client, 0);
    releases_sweep(client);
    if (min_complete > 0)
        min_complete += client->n_releases;
    return syscall_cap_enter(ring_pending(client), min_complete, deadline);
}

bool ring_poll(struct ring_client *client, struct ring_completion *out)
{
    struct ring *ring = client->ring;

    if (ring_held(client) == 0)
        return false;
    *out = ring->cq[ring->cq_head % RING_COMPLETIONS];
    completion_remove(ring, ring->cq_head);
    return true;
}

bool ring_take(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    uint32_t index;

    if (!completion_find(client, user_data, &index))
        return false;
    *out = client->ring->cq[index % RING_COMPLETIONS];
    completion_remove(client->ring, index);
    return true;
}

/* Enters with as much as there is credit for, until the queue holds MIN_COMPLETE of the program's
 * completions. *WAITED: it does, or the deadline has passed. */
static err_t enter_for(struct ring_client *client, uint32_t min_complete, uint64_t deadline,
                       bool *waited)
{
    uint32_t n, credit, n_releases;
    int64_t taken;

    drops_queue(client, 0);
    n = ring_pending(client);
    credit = ring_credit(client);
    n_releases = client->n_releases;
    /* When some are not to be taken, nobody knows which: releases among the others end the wait. */
    if (n > credit)
        n = credit;
    else
        min_complete += n_releases;
    taken = syscall_cap_enter(n, min_complete, deadline);
    releases_sweep(client);
    /* The kernel waits only when it has taken all. */
    *waited = taken == n && (n < credit || client->n_releases == n_releases);
    return taken < 0 ? (err_t)-taken : ERR_OK;
}

err_t ring_wait(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    for (;;) {
        /* Counted before the look: what comes after it is one more than these. */
        uint32_t held = ring_held(client);
        bool waited;
        err_t err;

        if (ring_take(client, user_data, out))
            return ERR_OK;
        if (held >= RING_COMPLETIONS)
            return ERR_NO_CALLS;
        err = enter_for(client, held + 1, RING_NEVER, &waited);
        if (err)
            return err;
    }
}

err_t ring_next(struct ring_client *client, uint64_t deadline, struct ring_completion *out)
{
    bool waited = false;

    while (!ring_poll(client, out)) {
        err_t err = waited ? ERR_TIMED_OUT : enter_for(client, 1, deadline, &waited);

        if (err)
            return err;
    }
    return ERR_OK;
}

/* The way of most calls: what was just queued has not ended unless a drop has entered the kernel. */
err_t ring_finish(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    uint32_t min_complete;
    int64_t taken;

    if (queue_len(client) > 0 && ring_take(client, user_data, out))
        return ERR_OK;
    if (ring_pending(client) > ring_credit(client)) {
        /* Not to be taken later, when its part of the arena holds something else. */
        __atomic_store_n(&client->ring->sq_tail, client->ring->sq_tail - 1, __ATOMIC_RELEASE);
        return ERR_NO_CALLS;
    }
    drops_queue(client, 0);
    min_complete = queue_len(client) + 1 + client->n_releases;
    taken = syscall_cap_enter(ring_pending(client), min_complete, RING_NEVER);
    if (taken < 0)
        return (err_t)-taken;
    return ring_take(client, user_data, out) ? ERR_OK : ring_wait(client, user_data, out);
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
