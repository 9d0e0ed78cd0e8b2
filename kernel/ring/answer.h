/*
 * RETURN: the answer to a call, through its Reply (object/reply.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * What most answers are is inline: without capabilities, to a caller that can have them. answer.c
 * does the rest.
 */
#pragma once

#include "arch_inline.h"
#include "object/reply.h"
#include "ring/call_fast.h"
#include "session/session.h"

/* Whether the submission itself is good. */
static inline err_t check_return(const struct thread *thread,
                                 const struct ring_submission *submission)
{
    if ((submission->params | submission->params_len) % 8 ||
        !ring_holds(&thread->ring, submission->params, submission->params_len))
        return ERR_BAD_ARENA;
    return submission->value && !(submission->flags & RING_EXCEPTION) ? ERR_BAD_FLAGS : ERR_OK;
}

/* The rest of endpoint_return(). */
err_t endpoint_return_other(struct thread *thread, const struct ring_submission *submission,
                            struct reply **reply);

/* Whether CALL can be answered with SUBMISSION, and no more has to be looked at. */
static inline bool answer_is_plain(const struct call *call, const struct thread *thread,
                                   const struct ring_submission *submission)
{
    return call && !call->special && call->thread != thread && !submission->argument &&
           call->thread->process->session->live && submission->params_len <= call->result_len;
}

/*
 * Answers the call behind *REPLY, a capability of THREAD's process, which is used up unless the
 * submission itself is wrong. ERR_CANCELLED: the caller had withdrawn; ERR_NOT_DELIVERED: it gets
 * nothing, and what was to move has stayed. Otherwise *REPLY is reserved again, and the caller's to
 * receive with or to give back; or NULL, when its entry is worn out.
 */
static inline err_t endpoint_return(struct thread *thread, const struct ring_submission *submission,
                                    struct reply **reply)
{
    struct call *call = (*reply)->call;
    err_t error = check_return(thread, submission);

    if (error)
        return error;
    if (!answer_is_plain(call, thread, submission))
        return endpoint_return_other(thread, submission, reply);
    (*reply)->call = NULL;
    arch_copy_words(call->thread->ring.arena + call->result,
                    thread->ring.arena + submission->params, submission->params_len);
    call_complete_fast(call, submission->flags & RING_EXCEPTION ? RING_STATUS_EXCEPTION : 0,
                       submission->params_len, submission->value, 0);
    if (!reply_hide(*reply))
        *reply = NULL;
    return ERR_OK;
}
