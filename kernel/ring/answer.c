/*
 * RETURN: the answer to a call, through its Reply (object/reply.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/answer.h"

#include "lib/string.h"
#include "ring/copy.h"
#include "ring/promise.h"
#include "ring/transfer.h"

/* As deliver_caps(), when other calls wait for them: what stands in the arena is not read again. */
__attribute__((noinline)) static err_t keep_caps(struct thread *sender,
                                                 const struct ring_submission *submission,
                                                 uint32_t *moving, struct call *call,
                                                 uint8_t *space)
{
    struct ring_cap caps[RING_TRANSFERS_MAX];
    uint32_t n = submission->n_transfers;
    err_t error =
        transfers_deliver(sender, submission->transfers, n, moving, call->thread->process, caps);

    if (error)
        return error;
    memcpy(space, caps, n * sizeof(caps[0]));
    if (!(submission->flags & RING_EXCEPTION))
        promises_keep(call, caps, n);
    return ERR_OK;
}

/* Capabilities first, as in a delivery. */
static err_t deliver_caps(struct thread *sender, const struct ring_submission *submission,
                          uint32_t *moving, struct call *call, uint8_t *space)
{
    if (__builtin_expect(call->awaited, 0))
        return keep_caps(sender, submission, moving, call, space);
    return transfers_deliver(sender, submission->transfers, submission->n_transfers, moving,
                             call->thread->process, (struct ring_cap *)space);
}

static void complete_without_room(struct call *call, const struct ring_submission *submission)
{
    if (submission->flags & RING_EXCEPTION)
        call_complete(call, RING_STATUS_TRUNCATED, 0, submission->value, 0);
    else
        call_complete(call, -ERR_NO_ROOM, 0, submission->params_len, 0);
}

/* Copies results and capabilities to the caller, and ends its call. What was to move has gone, or
 * *MOVING still says. */
static void answer(struct call *call, struct thread *thread,
                   const struct ring_submission *submission, const void *message, uint32_t *moving)
{
    uint8_t *space = call->thread->ring.arena + call->result;
    uint32_t len = submission->params_len, n_caps = submission->n_transfers;
    err_t error = ERR_OK;
    int32_t status;

    if (!call->thread->process->session->live)
        error = ERR_STALE_SESSION;
    else if (call_is_revoked(call))
        error = ERR_REVOKED;
    if (error) {
        call_fail(call, error);
        return;
    }
    if (len + n_caps * sizeof(struct ring_cap) > call->result_len) {
        complete_without_room(call, submission);
        return;
    }
    if (n_caps)
        error = deliver_caps(thread, submission, moving, call, space + len);
    if (error) {
        call_fail(call, error);
        return;
    }
    copy_between(space, call->thread, message, thread, len);
    status = submission->flags & RING_EXCEPTION ? RING_STATUS_EXCEPTION : 0;
    if (__builtin_expect(call->awaited, 0))
        promises_complete(call, status, len, submission->value, n_caps);
    else
        call_complete_fast(call, status, len, submission->value, n_caps);
}

/* The reply is used up, and who answered must know what it still has. */
static err_t fail(struct thread *thread, cap_t reply, uint32_t moving, err_t error)
{
    transfers_give_back(&thread->process->caps, moving);
    cap_release(&thread->process->caps, reply);
    return error;
}

err_t endpoint_return_other(struct thread *thread, const struct ring_submission *submission,
                            struct reply **reply)
{
    const void *message = thread->ring.arena + submission->params;
    uint32_t moving = NO_CAP;
    err_t error = submission->argument ? transfers_begin(thread, submission->transfers,
                                                         submission->n_transfers, &moving)
                                       : ERR_OK;

    if (error)
        return error;

    struct call *call = reply_take(*reply);

    if (!call)
        return fail(thread, submission->cap, moving, ERR_CANCELLED);
    answer(call, thread, submission, message, &moving);
    if (moving != NO_CAP)
        return fail(thread, submission->cap, moving, ERR_NOT_DELIVERED);
    if (!reply_hide(*reply))
        *reply = NULL;
    return ERR_OK;
}
