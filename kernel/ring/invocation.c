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
#include "ring/ring.h"
#include "sched/thread.h"

err_t invocation_give(struct invocation *invocation, struct object *object, uint64_t interface_id,
                      enum facet facet, uint64_t cookie, uint32_t *index)
{
    struct ring_cap *cap = &invocation->caps[invocation->n_caps];

    kernel_assert(invocation->n_caps < INVOCATION_CAPS_MAX);

    err_t error =
        cap_insert(&invocation->process->caps, object, interface_id, facet, cookie, &cap->cap);

    if (error)
        return error;
    cap->interface_id = interface_id;
    *index = invocation->n_caps++;
    return ERR_OK;
}

err_t invocation_begin(struct invocation *invocation, const struct call_kind *kind,
                       uint64_t deadline, struct call **call)
{
    err_t error = call_begin(invocation->thread, invocation->submission, kind, invocation->object,
                             deadline, call);

    invocation->pending = !error;
    return error;
}

struct builder call_results(struct call *call)
{
    return builder_in(ring_arena(call->thread, call->result, call->result_len), call->result_len);
}

void call_finish(struct call *call, const struct builder *builder)
{
    uint32_t len;
    err_t error = builder_len(builder, &len);

    if (error)
        call_fail(call, error);
    else
        call_complete(call, 0, len, 0, 0);
}

static void post(const struct invocation *invocation, int32_t status, uint32_t len, uint64_t value)
{
    struct ring_completion completion = {
        .user_data = invocation->submission->user_data,
        .status = status,
        .result_len = len,
        .value = value,
        .n_caps = status ? 0 : invocation->n_caps,
        .opcode = RING_CALL,
    };

    ring_post(invocation->thread, &completion);
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
    uint32_t len;
    err_t error = builder_len(&invocation->builder, &len);

    if (!error &&
        invocation->n_caps * sizeof(struct ring_cap) > invocation->submission->result_len - len)
        error = ERR_NO_ROOM;
    if (error) {
        fail(invocation, space, error);
        return;
    }
    memcpy(space + len, invocation->caps, invocation->n_caps * sizeof(struct ring_cap));
    post(invocation, 0, len, 0);
}

static void refuse(const struct invocation *invocation, err_t error)
{
    post(invocation, -(int32_t)error, 0, 0);
}

/* The parameters, copied to where only the kernel writes: the processor's stack is too small for the largest, and one
 * kernel lock means one call at a time. */
static err_t copy_params(struct invocation *invocation)
{
    static uint64_t copy[INVOCATION_PARAMS_MAX / sizeof(uint64_t)];
    const struct ring_submission *submission = invocation->submission;
    uint32_t len = submission->params_len;
    const void *params = ring_arena(invocation->thread, submission->params, len);

    if (!params)
        return ERR_BAD_ARENA;
    if (len > sizeof(copy))
        return ERR_BAD_LENGTH;
    memcpy(copy, params, len);
    return message_root(&invocation->message, copy, len, &invocation->params);
}

void invoke(struct thread *thread, const struct ring_submission *submission, const struct cap *cap)
{
    const struct object_type *type = cap->object->type;
    struct invocation invocation = {
        .thread = thread,
        .process = thread->process,
        .submission = submission,
        .object = cap->object,
        .cap = *cap,
    };
    uint8_t *space = ring_arena(thread, submission->result, submission->result_len);

    if (!space) {
        refuse(&invocation, ERR_BAD_ARENA);
        return;
    }
    if (submission->method >= type->n_methods) {
        refuse(&invocation, ERR_BAD_METHOD);
        return;
    }

    const struct method *method = &type->methods[submission->method];
    err_t error = transfers_read(thread, submission->transfers, submission->n_transfers,
                                 &invocation.transfers);

    if (!error)
        error = copy_params(&invocation);

    if (!error && method->result_words * 8u + method->n_caps * sizeof(struct ring_cap) >
                      submission->result_len)
        error = ERR_NO_ROOM;
    if (error) {
        refuse(&invocation, error);
        return;
    }
    invocation.builder = builder_in(space, submission->result_len);
    object_get(invocation.object); /* the method may drop the last capability to it */
    error = method->invoke(&invocation);
    if (error)
        fail(&invocation, space, error);
    else if (!invocation.pending)
        finish(&invocation, space);
    object_put(invocation.object);
}
