/*
 * Promise: a CALL of a capability that the answer to an earlier call will bring.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/promise.h"

#include "cap/table.h"
#include "lib/string.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/deliver.h"
#include "ring/invocation.h"
#include "ring/post.h"
#include "ring/ring.h"
#include "sched/schedule.h"
#include "sched/thread.h"
#include "sched/work.h"

/* A server's exception that is handed on is not longer. */
#define EXCEPTION_MAX PAGE_SIZE

static const struct call_kind held = {endpoint_give_back};
static const struct call_kind kept = {endpoint_give_back};
static const struct call_kind broken = {endpoint_give_back};
static const struct call_kind ready_to_send = {endpoint_give_back};
static const struct call_kind ready_to_invoke = {endpoint_give_back};

static struct call *call_at(struct list *node)
{
    return LIST_ENTRY(node, struct call, in_thread);
}

static struct call *find(struct thread *thread, const struct call_kind *kind)
{
    for (struct list *at = thread->calls.next; at != &thread->calls; at = at->next) {
        if (call_at(at)->kind == kind)
            return call_at(at);
    }
    return NULL;
}

static bool is_ready(const struct call *call)
{
    return call->kind == &ready_to_send || call->kind == &ready_to_invoke;
}

bool promise_is_pending(const struct call *call)
{
    return call->kind == &held || is_ready(call);
}

/* --- Submission --- */

static struct call *find_earlier(const struct thread *thread, uint64_t user_data)
{
    for (struct list *at = thread->calls.next; at != &thread->calls; at = at->next) {
        struct call *call = call_at(at);

        if (call->user_data == user_data && call->opcode == RING_CALL)
            return call;
    }
    return NULL;
}

err_t promise_call(struct thread *thread, const struct ring_submission *submission)
{
    struct call *earlier = find_earlier(thread, submission->cap), *call;
    err_t error;

    if (submission->promised >= RING_TRANSFERS_MAX)
        return ERR_BAD_ARGUMENT;
    if (!earlier)
        return ERR_NOT_FOUND;
    error = endpoint_hold(thread, submission, &held, &call);
    if (error)
        return error;
    call->earlier = earlier;
    call->message.target = submission->promised;
    earlier->awaited = earlier->special = true;
    return ERR_OK;
}

/* --- The earlier call ends --- */

void promises_keep(struct call *call, const struct ring_cap *caps, unsigned n)
{
    struct list *calls = &call->thread->calls;

    for (struct list *at = call->in_thread.next; at != calls; at = at->next) {
        struct call *later = call_at(at);

        if (later->kind == &held && later->earlier == call && later->message.target < n) {
            later->message.target = caps[later->message.target].cap;
            later->kind = &kept;
        }
    }
}

/* All that are still held for CALL, or for one of those: they stand behind it. */
static void mark_broken(struct call *call)
{
    struct list *calls = &call->thread->calls;

    call->kind = &broken;
    for (struct list *at = call->in_thread.next; at != calls; at = at->next) {
        struct call *later = call_at(at);

        if (later->kind == &held && later->earlier->kind == &broken) {
            later->kind = &broken;
            later->awaited = false;
        }
    }
}

/* How the earlier call has ended; an exception stands in its result space. */
struct cause {
    int32_t status;
    uint32_t result, result_len;
    uint64_t code;
};

static void end_broken(struct call *call, const struct cause *cause)
{
    struct ring_state *ring = &call->thread->ring;

    endpoint_give_back(call);
    work_add(WORK_CALL_END);
    if (cause->status == 0) {
        call_fail(call, ERR_BROKEN_PROMISE);
    } else if (cause->status < 0) {
        call_fail(call, (err_t)-cause->status);
    } else if (cause->status == RING_STATUS_TRUNCATED || cause->result_len > EXCEPTION_MAX ||
               cause->result_len > call->result_len) {
        call_complete(call, RING_STATUS_TRUNCATED, 0, cause->code, 0);
    } else {
        /* From the caller's arena to the caller's arena: what it may have changed meanwhile is its
         * own. */
        memmove(ring_arena(ring, call->result, 0), ring_arena(ring, cause->result, 0),
                cause->result_len);
        call_complete(call, RING_STATUS_EXCEPTION, cause->result_len, cause->code, 0);
    }
}

/* --- It goes on --- */

/* Its thread has something to do, whatever it waits for. */
static void put_off(struct call *call, const struct call_kind *kind)
{
    struct thread *thread = call->thread;

    call->kind = kind;
    thread->promises_ready = true;
    if (thread->state == THREAD_WAITING) {
        timer_stop(&thread->deadline);
        schedule_wake(thread);
    }
}

static void send(struct call *call)
{
    work_add(WORK_CALL_END + call->message.params_len / PAGE_SIZE * WORK_PAGE);
    endpoint_send(call);
}

/* CAP has come, and is what the call said it would be. */
static void start(struct call *call, const struct cap *cap, struct object *object)
{
    call->object = object;
    object_get(object);
    if (cap->rights.forwarded) {
        call->via = cap->object;
        object_get(call->via);
    }
    if (cap->rights.facet != FACET_CLIENT) {
        put_off(call, &ready_to_invoke);
        return;
    }
    endpoint_address(call, cap);
    if (work_done > WORK_MAX)
        put_off(call, &ready_to_send);
    else
        send(call);
}

/* As a CALL with that handle would. */
static void start_kept(struct call *call)
{
    const struct cap_table *table = &call->thread->process->caps;
    const struct cap *cap = cap_find(table, call->message.target);
    struct object *object;
    err_t error;

    if (!cap) {
        call_withdraw(call, cap_refusal(table, call->message.target));
        return;
    }
    if (cap->rights.interface_id != call->message.interface_id) {
        call_withdraw(call, ERR_BAD_INTERFACE);
        return;
    }
    error = cap_resolve(cap, &object);
    if (!error) {
        start(call, cap, object);
        return;
    }
    endpoint_give_back(call);
    call_fail(call, error);
}

/* What ends here ends without success, and what goes on does not end with it; so this comes back at
 * most once. */
void promises_complete(struct call *call, int32_t status, uint32_t result_len, uint64_t value,
                       uint32_t n_caps)
{
    struct cause cause = {status, call->result, result_len, value};
    struct thread *thread = call->thread;

    mark_broken(call);
    call->awaited = false;
    call_complete(call, status, result_len, value, n_caps);
    while ((call = find(thread, &broken)))
        end_broken(call, &cause);
    while (status == 0 && (call = find(thread, &kept)))
        start_kept(call);
}

/* --- In its own thread --- */

/* False: it must be called once more. */
static bool invoke_again(struct thread *thread, struct call *call)
{
    const struct ring_submission submission = {
        .opcode = RING_CALL,
        .method = call->message.method,
        .user_data = call->user_data,
        .interface_id = call->message.interface_id,
        .params = call->message.params,
        .params_len = call->message.params_len,
        .result = call->result,
        .result_len = call->result_len,
        .deadline = call->timed ? call->deadline.deadline : 0,
        .transfers = call->message.transfers,
        .n_transfers = call->message.n_transfers,
    };

    endpoint_give_back(call); /* the method takes them itself */
    if (call_is_revoked(call)) {
        call_fail(call, ERR_REVOKED);
        return true;
    }
    return invoke(thread, &submission, call->object, call);
}

/* One that a method has ended the thread with stays ready. */
bool promises_go_on(struct thread *thread)
{
    while (!thread->exiting) {
        struct list *at = thread->calls.next;

        while (at != &thread->calls && !is_ready(call_at(at)))
            at = at->next;
        if (at == &thread->calls)
            break;
        if (work_done > WORK_MAX)
            return false;
        if (call_at(at)->kind == &ready_to_send)
            send(call_at(at));
        else if (!invoke_again(thread, call_at(at)))
            return false;
    }
    thread->promises_ready = false;
    return true;
}
