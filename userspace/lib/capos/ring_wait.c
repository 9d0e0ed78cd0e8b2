/*
 * Waiting in the kernel: for one completion, for the next one, for one that was just submitted.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/clock.h"
#include "capos/ring_queues.h"
#include "capos/syscall.h"

/* Releases complete as they are taken: whoever waits for completions waits for more by as many. */
int64_t ring_enter(struct ring_client *client, uint32_t min_complete, uint64_t deadline)
{
    drops_queue(client, 0);
    releases_sweep(client);
    if (min_complete > 0)
        min_complete += client->n_releases;
    return syscall_cap_enter(ring_pending(client), min_complete, deadline);
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

static bool has_passed(uint64_t deadline)
{
    return deadline != RING_NEVER && (deadline == 0 || clock_now() >= deadline);
}

/* The kernel ends a wait early when a promised call has to go on. */
err_t ring_next(struct ring_client *client, uint64_t deadline, struct ring_completion *out)
{
    bool waited = false;

    while (!ring_poll(client, out)) {
        err_t err = waited && has_passed(deadline) ? ERR_TIMED_OUT
                                                   : enter_for(client, 1, deadline, &waited);

        if (err)
            return err;
    }
    return ERR_OK;
}

/* What was just queued has not ended unless a drop has entered the kernel. */
err_t ring_finish(struct ring_client *client, uint64_t user_data, struct ring_completion *out)
{
    uint32_t min_complete;
    int64_t taken;

    if (queue_len(client->ring) > 0 && ring_take(client, user_data, out))
        return ERR_OK;
    if (ring_pending(client) > ring_credit(client)) {
        /* Not to be taken later, when its part of the arena holds something else. */
        queue_unpush(client->ring);
        return ERR_NO_CALLS;
    }
    drops_queue(client, 0);
    min_complete = queue_len(client->ring) + 1 + client->n_releases;
    taken = syscall_cap_enter(ring_pending(client), min_complete, RING_NEVER);
    if (taken < 0)
        return (err_t)-taken;
    return ring_take(client, user_data, out) ? ERR_OK : ring_wait(client, user_data, out);
}

/* Nothing but what comes now is queued, dropped or to be consumed, and there is credit for it. */
static inline bool is_alone(const struct ring_client *client)
{
    const struct ring *ring = client->ring;
    uint32_t taken = queue_taken(ring);

    return taken == ring->sq_tail && queue_len(ring) == 0 &&
           taken - ring->cq_head < RING_COMPLETIONS && (client->n_drops | client->n_releases) == 0;
}

static err_t do_among_others(struct ring_client *client, const struct ring_submission *submission,
                             struct ring_completion *out)
{
    if (!ring_submit(client, submission))
        return ERR_NO_CALLS;
    return ring_finish(client, submission->user_data, out);
}

/* The way of most calls in both directions: the first completion is the one that is waited for. */
err_t ring_do(struct ring_client *client, struct ring_submission *submission,
              struct ring_completion *out)
{
    struct ring *ring = client->ring;
    const struct ring_completion *first = queue_at(ring, ring->cq_head);
    int64_t taken;

    submission->user_data = ring_next_id(client);
    if (!is_alone(client))
        return do_among_others(client, submission, out);
    queue_push(ring, submission);
    taken = syscall_cap_enter(1, 1, RING_NEVER);
    if (taken < 0)
        return (err_t)-taken;
    if (queue_len(ring) == 0 || first->user_data != submission->user_data)
        return ring_wait(client, submission->user_data, out);
    *out = *first;
    queue_pop(ring);
    return ERR_OK;
}

err_t ring_cancel(struct ring_client *client, uint64_t user_data)
{
    struct ring_submission cancel = {.opcode = RING_CANCEL, .argument = user_data};
    struct ring_completion completion;
    err_t err = ring_do(client, &cancel, &completion);

    return err ? err : (err_t)-completion.status;
}
