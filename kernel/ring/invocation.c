/*
 * One CALL of a kernel object's method.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/invocation.h"

#include "diag/panic.h"
#include "lib/string.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/exception.h"
#include "ring/post.h"
#include "ring/promise.h"
#include "ring/ring.h"
#include "sched/thread.h"
#include "session/session.h"

err_t invocation_give(struct invocation *invocation, struct object *object,
                      const struct cap_rights *rights, uint32_t *index)
{
    struct ring_cap *cap = &invocation->caps[invocation->n_caps];

    kernel_assert(invocation->n_caps < INVOCATION_CAPS_MAX);

    err_t error = cap_insert(&invocation->process->caps, object, rights, &cap->cap);

    if (error)
        return error;
    cap->interface_id = rights->interface_id;
    *index = invocation->n_caps++;
    return ERR_OK;
}

err_t invocation_give_object(struct invocation *invocation, struct object *object, uint32_t *index)
{
    const struct cap_rights rights = {.interface_id = object->type->interface_id,
                                      .first_hand = true};

    return invocation_give(invocation, object, &rights, index);
}

err_t invocation_begin(struct invocation *invocation, const struct call_kind *kind,
                       uint64_t deadline, struct call **call)
{
    struct call *held = invocation->call;
    err_t error = held ? call_go_on(held, kind, deadline)
                       : call_begin(invocation->thread, invocation->submission, kind,
                                    invocation->object, deadline, call);

    if (held && !error)
        *call = held;
    invocation->pending = !error;
    return error;
}

err_t call_verdict(const struct call *call)
{
    if (call_is_revoked(call))
        return ERR_REVOKED;
    return session_is_refused(call->thread->process->session, call->object->type)
               ? ERR_STALE_SESSION
               : ERR_OK;
}

void call_results(struct call *call, struct capnp_builder *results)
{
    capnp_build(results, ring_arena(&call->thread->ring, call->result, call->result_len),
                call_verdict(call) ? 0 : call->result_len);
}

void call_finish(struct call *call, const struct capnp_builder *results)
{
    err_t error = call_verdict(call);

    if (error)
        call_fail(call, error);
    else if (results->full)
        call_fail(call, ERR_NO_ROOM);
    else
        call_complete(call, 0, (uint32_t)capnp_built_len(results), 0, 0);
}

static void post(const struct invocation *invocation, int32_t status, uint32_t len, uint64_t value)
{
    struct call *held = invocation->call;
    unsigned n_caps = status ? 0 : invocation->n_caps;

    if (!held) {
        ring_post(invocation->thread, invocation->submission->user_data, RING_CALL, status, len,
                  value, n_caps);
        return;
    }
    if (held->awaited && n_caps)
        promises_keep(held, invocation->caps, n_caps);
    call_complete(held, status, len, value, n_caps);
}

/* The method failed: what it gave is taken back, and the caller gets an exception. */
static void fail(struct invocation *invocation, void *space, err_t error)
{
    uint32_t len = invocation->submission->result_len;
    struct exception exception = exception_write(space, len, error);

    for (unsigned i = 0; i < invocation->n_caps; i++)
        cap_release(&invocation->process->caps, invocation->caps[i].cap);
    post(invocation, exception.status, exception.len, error);
}

/* Behind the message stand the capabilities. */
static void finish(struct invocation *invocation, uint8_t *space)
{
    uint32_t len = (uint32_t)capnp_built_len(&invocation->results);

    if (invocation->results.full ||
        invocation->n_caps * sizeof(struct ring_cap) > invocation->submission->result_len - len) {
        fail(invocation, space, ERR_NO_ROOM);
        return;
    }
    for (unsigned i = 0; i < invocation->n_caps; i++)
        ((struct ring_cap *)(space + len))[i] = invocation->caps[i];
    post(invocation, 0, len, 0);
}

static void refuse(const struct invocation *invocation, err_t error)
{
    post(invocation, -(int32_t)error, 0, 0);
}

/* The parameters, copied to where only the kernel writes: the processor's stack is too small for
 * the largest, and one kernel lock means one call at a time. */
static err_t copy_params(struct invocation *invocation)
{
    static uint64_t copy[INVOCATION_PARAMS_MAX / sizeof(uint64_t)];
    const struct ring_submission *submission = invocation->submission;
    uint32_t len = submission->params_len;
    const void *params = ring_arena(&invocation->thread->ring, submission->params, len);

    if (!params)
        return ERR_BAD_ARENA;
    if (len > sizeof(copy))
        return ERR_BAD_LENGTH;
    capnp_open(&invocation->params, copy, len);
    if (len == 0)
        return ERR_OK;
    memcpy(copy, params, len);
    capnp_root(&invocation->params); /* it must be good, even if the method has no use for it */
    return capnp_error(&invocation->params);
}

/* Decodes what all methods have in common. What is to move is held when all is well. */
static err_t decode(struct invocation *invocation, const struct method *method)
{
    const struct ring_submission *submission = invocation->submission;
    err_t error = ERR_OK;

    invocation->transfers.n = invocation->transfers.moves = 0;
    if (submission->argument)
        error = !method->takes_caps
                    ? ERR_BAD_FLAGS
                    : transfers_read(invocation->thread, submission->transfers,
                                     submission->n_transfers, &invocation->transfers);
    if (!error)
        error = copy_params(invocation);
    if (!error && method->result_words * 8u + method->n_caps * sizeof(struct ring_cap) >
                      submission->result_len)
        error = ERR_NO_ROOM;
    return error || !invocation->transfers.moves
               ? error
               : transfers_hold(&invocation->transfers, &invocation->moving);
}

/* The method has given to others what was to move, or nothing. */
static void settle_moves(struct invocation *invocation, bool done)
{
    struct cap_table *table = &invocation->process->caps;

    if (done)
        transfers_drop(table, invocation->moving);
    else
        transfers_give_back(table, invocation->moving);
}

/* The method is known and the results have a place. */
static bool call_method(struct invocation *invocation, const struct method *method, uint8_t *space)
{
    err_t error;

    if (session_is_refused(invocation->process->session, invocation->object->type)) {
        fail(invocation, space, ERR_STALE_SESSION);
        return true;
    }
    error = decode(invocation, method);
    if (error) {
        refuse(invocation, error);
        return true;
    }
    capnp_build(&invocation->results, space, invocation->submission->result_len);
    object_get(invocation->object); /* the method may drop the last capability to it */
    error = method->invoke(invocation);
    if (invocation->transfers.moves)
        settle_moves(invocation, !error && !invocation->again);
    if (error)
        fail(invocation, space, error);
    else if (!invocation->pending && !invocation->again)
        finish(invocation, space);
    object_put(invocation->object);
    return !invocation->again;
}

bool invoke(struct thread *thread, const struct ring_submission *submission, struct object *object,
            struct call *held)
{
    const struct object_type *type = object->type;
    uint8_t *space = ring_arena(&thread->ring, submission->result, submission->result_len);
    struct invocation invocation; /* what is not set here decode() sets */

    invocation.thread = thread;
    invocation.process = thread->process;
    invocation.submission = submission;
    invocation.object = object;
    invocation.call = held;
    invocation.again = invocation.pending = false;
    invocation.n_caps = 0;
    if (space && submission->method < type->n_methods)
        return call_method(&invocation, &type->methods[submission->method], space);
    refuse(&invocation, space ? ERR_BAD_METHOD : ERR_BAD_ARENA);
    return true;
}
