/*
 * An operation in flight: what will become a completion.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/call.h"

#include "diag/panic.h"
#include "mem/pool.h"
#include "ring/call_fast.h"
#include "ring/exception.h"
#include "ring/promise.h"

static struct pool calls = POOL("call", struct call);

static err_t charge(struct ledger *ledger, bool timed)
{
    err_t error = ledger_charge(ledger, LEDGER_CALLS, 1);

    if (!error && timed) {
        error = ledger_charge(ledger, LEDGER_TIMERS, 1);
        if (error)
            ledger_credit(ledger, LEDGER_CALLS, 1);
    }
    return error;
}

static void credit(struct ledger *ledger, bool timed)
{
    if (timed)
        ledger_credit(ledger, LEDGER_TIMERS, 1);
    ledger_credit(ledger, LEDGER_CALLS, 1);
}

static void deadline_passed(struct timer *timer)
{
    call_withdraw(LIST_ENTRY(timer, struct call, deadline), ERR_TIMED_OUT);
}

HOT uint64_t calls_in_flight;

/* All of it is set by call_fill() or by whom it waits for. */
static struct call *take(struct thread *thread)
{
    if (!thread->first_call.thread)
        return &thread->first_call;
    return thread->second_call.thread ? pool_alloc(&calls) : &thread->second_call;
}

err_t call_begin_other(struct thread *thread, const struct ring_submission *submission,
                       const struct call_kind *kind, struct object *object, uint64_t deadline,
                       struct call **out)
{
    struct ledger *ledger = thread->process->ledger;
    bool timed = call_is_timed(deadline);
    err_t error = charge(ledger, timed);

    if (error)
        return error;

    struct call *call = take(thread);

    if (!call) {
        credit(ledger, timed);
        return ERR_NO_MEMORY;
    }
    call_fill(call, thread, submission, kind, object, thread->via, timed);
    if (timed)
        timer_set(&call->deadline, deadline, deadline_passed);
    *out = call;
    return ERR_OK;
}

void call_end_other(struct call *call)
{
    struct object *via = call->via;

    timer_stop(&call->deadline);
    credit(call->ledger, call->timed);
    if (call == &call->thread->first_call || call == &call->thread->second_call)
        call->thread = NULL;
    else
        pool_free(&calls, call);
    if (via)
        object_put(via);
}

err_t call_go_on(struct call *call, const struct call_kind *kind, uint64_t deadline)
{
    bool timed = call_is_timed(deadline);
    err_t error = timed && !call->timed ? ledger_charge(call->ledger, LEDGER_TIMERS, 1) : ERR_OK;

    if (error)
        return error;
    if (call->timed && !timed)
        ledger_credit(call->ledger, LEDGER_TIMERS, 1);
    timer_stop(&call->deadline);
    if (timed)
        timer_set(&call->deadline, deadline, deadline_passed);
    call->timed = timed;
    call->kind = kind;
    return ERR_OK;
}

err_t call_begin(struct thread *thread, const struct ring_submission *submission,
                 const struct call_kind *kind, struct object *object, uint64_t deadline,
                 struct call **out)
{
    err_t error = call_begin_fast(thread, submission, kind, object, deadline, out);

    if (!error)
        list_init(&(*out)->in_queue);
    return error;
}

void call_complete(struct call *call, int32_t status, uint32_t result_len, uint64_t value,
                   uint32_t n_caps)
{
    if (call->awaited)
        promises_complete(call, status, result_len, value, n_caps);
    else
        call_complete_fast(call, status, result_len, value, n_caps);
}

void call_fail(struct call *call, err_t error)
{
    struct exception exception = exception_write(
        ring_arena(&call->thread->ring, call->result, call->result_len), call->result_len, error);

    call_complete(call, exception.status, exception.len, error, 0);
}

void call_refuse(struct thread *thread, const struct ring_submission *submission, err_t error)
{
    struct exception exception =
        exception_write(ring_arena(&thread->ring, submission->result, submission->result_len),
                        submission->result_len, error);

    ring_post(thread, submission->user_data, submission->opcode, exception.status, exception.len,
              error, 0);
}

void call_withdraw(struct call *call, err_t error)
{
    call->kind->withdraw(call);
    call_complete(call, -(int32_t)error, 0, 0, 0);
}

void calls_drop(struct thread *thread)
{
    while (!list_empty(&thread->calls)) {
        struct call *call = LIST_ENTRY(thread->calls.next, struct call, in_thread);

        call->kind->withdraw(call);
        call_end(call);
    }
}

struct call *call_find(const struct thread *thread, uint64_t user_data)
{
    for (struct list *at = thread->calls.next; at != &thread->calls; at = at->next) {
        struct call *call = LIST_ENTRY(at, struct call, in_thread);

        if (call->user_data == user_data)
            return call;
    }
    return NULL;
}

uint64_t calls_count(void)
{
    return calls_in_flight;
}
