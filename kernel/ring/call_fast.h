/*
 * call_begin() and call_complete() inline, for calls between processes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What most operations are, a thread's first and without a deadline, is done here; the rest in
 * call.c.
 */
#pragma once

#include "process/process.h"
#include "ring/call.h"
#include "ring/post.h"
#include "sched/thread.h"

/* Calls in flight in the whole system: for calls_count() alone. */
extern uint64_t calls_in_flight;

/* The rest of the functions below. */
err_t call_begin_other(struct thread *thread, const struct ring_submission *submission,
                       const struct call_kind *kind, struct object *object, uint64_t deadline,
                       struct call **out);
void call_end_other(struct call *call);

static inline bool call_is_timed(uint64_t deadline)
{
    return deadline != 0 && deadline != RING_NEVER;
}

/* CALL has been charged. */
static inline void call_fill(struct call *call, struct thread *thread,
                             const struct ring_submission *submission, const struct call_kind *kind,
                             struct object *object, struct object *via, bool timed)
{
    call->thread = thread;
    call->ledger = thread->process->ledger;
    call->kind = kind;
    call->object = object;
    call->user_data = submission->user_data;
    call->result = submission->result;
    call->result_len = submission->result_len;
    call->opcode = submission->opcode;
    call->timed = timed;
    call->awaited = false;
    call->special = timed || via || call != &thread->first_call;
    call->via = via;
    list_insert(&thread->calls, &call->in_thread);
    thread->ring.in_flight++;
    calls_in_flight++;
    if (object)
        object_get(object);
    if (via)
        object_get(via);
}

static inline err_t call_begin_fast(struct thread *thread, const struct ring_submission *submission,
                                    const struct call_kind *kind, struct object *object,
                                    uint64_t deadline, struct call **out)
{
    struct call *call = &thread->first_call;
    err_t error;

    if (__builtin_expect(call->thread || call_is_timed(deadline) || thread->via, 0))
        return call_begin_other(thread, submission, kind, object, deadline, out);
    error = ledger_charge(thread->process->ledger, LEDGER_CALLS, 1);
    if (error)
        return error;
    call_fill(call, thread, submission, kind, object, NULL, false);
    *out = call;
    return ERR_OK;
}

/* It waits nowhere any more, and there will be no completion but by the caller. */
static inline void call_end(struct call *call)
{
    struct thread *thread = call->thread;
    struct object *object = call->object;

    list_unlink(&call->in_thread);
    thread->ring.in_flight--;
    calls_in_flight--;
    if (__builtin_expect(call->special, 0)) {
        call_end_other(call);
    } else {
        ledger_credit(call->ledger, LEDGER_CALLS, 1);
        call->thread = NULL;
    }
    if (object)
        object_put(object);
}

/* CALL is not awaited. */
static inline void call_complete_fast(struct call *call, int32_t status, uint32_t result_len,
                                      uint64_t value, uint32_t n_caps)
{
    ring_post(call->thread, call->user_data, call->opcode, status, result_len, value, n_caps);
    call_end(call);
}
