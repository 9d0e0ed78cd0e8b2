/*
 * An operation in flight: what will become a completion.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/call.h"

#include "diag/panic.h"
#include "mem/pool.h"
#include "process/process.h"
#include "ring/exception.h"
#include "ring/post.h"
#include "sched/thread.h"

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

static uint64_t n_calls;

/* All of it is set by call_begin() or by whom it waits for. */
static struct call *take(struct thread *thread)
{
    struct call *call = thread->first_call.thread ? pool_alloc(&calls) : &thread->first_call;

    n_calls += call != NULL;
    return call;
}

static void give_back(struct call *call)
{
    n_calls--;
    if (call == &call->thread->first_call)
        call->thread = NULL;
    else
        pool_free(&calls, call);
}

err_t call_begin(struct thread *thread, const struct ring_submission *submission,
                 const struct call_kind *kind, struct object *object, uint64_t deadline,
                 struct call **out)
{
    struct ledger *ledger = thread->process->ledger;
    bool timed = deadline != 0 && deadline != RING_NEVER;
    err_t error = charge(ledger, timed);

    if (error)
        return error;

    struct call *call = take(thread);

    if (!call) {
        credit(ledger, timed);
        return ERR_NO_MEMORY;
    }
    call->thread = thread;
    call->ledger = ledger;
    call->kind = kind;
    call->object = object;
    call->user_data = submission->user_data;
    call->opcode = submission->opcode;
    call->result = submission->result;
    call->result_len = submission->result_len;
    call->timed = timed;
    list_init(&call->in_queue);
    list_insert(&thread->calls, &call->in_thread);
    thread->ring.in_flight++;
    call->via = thread->via;
    if (object)
        object_get(object);
    if (call->via)
        object_get(call->via);
    if (timed)
        timer_set(&call->deadline, deadline, deadline_passed);
    *out = call;
    return ERR_OK;
}

static void end(struct call *call)
{
    struct ledger *ledger = call->ledger;
    struct object *object = call->object, *via = call->via;

    timer_stop(&call->deadline);
    list_remove(&call->in_thread);
    call->thread->ring.in_flight--;
    credit(ledger, call->timed);
    give_back(call);
    if (object)
        object_put(object);
    if (via)
        object_put(via);
}

void call_complete(struct call *call, int32_t status, uint32_t result_len, uint64_t value,
                   uint32_t n_caps)
{
    struct thread *thread = call->thread;
    uint64_t user_data = call->user_data;
    uint32_t opcode = call->opcode;

    end(call);
    ring_post(thread, user_data, opcode, status, result_len, value, n_caps);
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
        end(call);
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
    return n_calls;
}
