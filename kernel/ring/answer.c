/*
 * RETURN: the answer to a call, through its Reply (object/reply.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/answer.h"

#include "lib/string.h"
#include "object/reply.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/ring.h"
#include "ring/transfer.h"
#include "sched/thread.h"
#include "session/session.h"

/* Capabilities first, as in a delivery. */
static err_t copy_caps(const struct call *call, const struct transfers *transfers, uint8_t *space)
{
    struct ring_cap caps[RING_TRANSFERS_MAX];
    err_t error = transfers_copy(transfers, &call->thread->process->caps, caps);

    if (!error)
        memcpy(space, caps, transfers->n * sizeof(caps[0]));
    return error;
}

static void complete_without_room(struct call *call, const struct ring_submission *submission)
{
    if (submission->flags & RING_EXCEPTION)
        call_complete(call, RING_STATUS_TRUNCATED, 0, submission->value, 0);
    else
        call_complete(call, -ERR_NO_ROOM, 0, submission->params_len, 0);
}

/* Copies results and capabilities to the caller, and ends its call. */
static void answer(struct call *call, const struct ring_submission *submission, const void *message,
                   const struct transfers *transfers)
{
    uint8_t *space = ring_arena(&call->thread->ring, call->result, 0);
    uint32_t len = submission->params_len;
    err_t error;

    if (!call->thread->process->session->live) {
        call_fail(call, ERR_STALE_SESSION);
        return;
    }
    if (len + transfers->n * sizeof(struct ring_cap) > call->result_len) {
        complete_without_room(call, submission);
        return;
    }
    error = transfers->n ? copy_caps(call, transfers, space + len) : ERR_OK;
    if (error) {
        call_fail(call, error);
        return;
    }
    memmove(space, message, len);
    call_complete(call, submission->flags & RING_EXCEPTION ? RING_STATUS_EXCEPTION : 0, len,
                  submission->value, transfers->n);
}

static err_t check(struct thread *thread, const struct ring_submission *submission,
                   const void *message, struct transfers *transfers)
{
    transfers->n = 0;
    if (!message)
        return ERR_BAD_ARENA;
    if (submission->value && !(submission->flags & RING_EXCEPTION))
        return ERR_BAD_FLAGS;
    return submission->argument
               ? transfers_read(thread, submission->transfers, submission->n_transfers, transfers)
               : ERR_OK;
}

err_t endpoint_return(struct thread *thread, const struct ring_submission *submission,
                      const struct cap *cap, struct reply **then)
{
    const void *message = ring_arena(&thread->ring, submission->params, submission->params_len);
    struct reply *reply = reply_of(cap->object);
    struct transfers transfers;
    err_t error = check(thread, submission, message, &transfers);

    if (error)
        return error;

    struct call *call = reply_take(reply);

    if (!call) {
        cap_release(&thread->process->caps, submission->cap);
        return ERR_CANCELLED;
    }
    answer(call, submission, message, &transfers);
    if (then)
        *then = reply_hide(reply) ? reply : NULL;
    else
        cap_release(&thread->process->caps, submission->cap);
    return ERR_OK;
}
