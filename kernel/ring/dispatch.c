/*
 * Carries out a submission.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/dispatch.h"

#include "abi/interfaces.h"
#include "object/endpoint.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "ring/park.h"
#include "ring/ring.h"
#include "sched/thread.h"

/* Fields that an opcode may use; the others must be zero. */
enum field {
    FIELD_METHOD = 1 << 0,
    FIELD_VALUE = 1 << 1,
    FIELD_CAP = 1 << 2,
    FIELD_INTERFACE = 1 << 3,
    FIELD_PARAMS = 1 << 4,
    FIELD_RESULT = 1 << 5,
    FIELD_DEADLINE = 1 << 6,
    FIELD_ARGUMENT = 1 << 7,
};

struct operation {
    unsigned fields;
    uint8_t flags;
    /* Returns what the completion says at once, or 0; the operation posts or begins by itself when it sets *STARTED. */
    err_t (*run)(struct thread *thread, const struct ring_submission *submission, bool *started,
                 uint64_t *value);
};

static err_t run_nop(struct thread *thread, const struct ring_submission *submission, bool *started,
                     uint64_t *value)
{
    (void)thread;
    (void)started;
    *value = submission->argument;
    return ERR_OK;
}

/* The entry for the submission's handle, if it has the interface. */
static err_t find(struct thread *thread, const struct ring_submission *submission,
                  uint64_t interface_id, struct cap **cap)
{
    *cap = cap_find(&thread->process->caps, submission->cap);
    if (!*cap)
        return ERR_BAD_HANDLE;
    return (*cap)->interface_id == interface_id ? ERR_OK : ERR_BAD_INTERFACE;
}

static err_t run_call(struct thread *thread, const struct ring_submission *submission,
                      bool *started, uint64_t *value)
{
    struct cap *cap;
    err_t error = find(thread, submission, submission->interface_id, &cap);

    (void)value;
    if (error)
        return error;
    if (cap->facet == FACET_CLIENT) {
        *started = true;
        return endpoint_call(thread, submission, cap);
    }
    /* The kernel's objects take capabilities by the same array. */
    *started = true;
    invoke(thread, submission, cap);
    return ERR_OK;
}

static err_t run_recv(struct thread *thread, const struct ring_submission *submission,
                      bool *started, uint64_t *value)
{
    struct cap *cap;
    err_t error = find(thread, submission, INTERFACE_ENDPOINT, &cap);

    (void)value;
    *started = true;
    return error ? error : endpoint_recv(thread, submission, cap->object);
}

static err_t run_return(struct thread *thread, const struct ring_submission *submission,
                        bool *started, uint64_t *value)
{
    struct ring_submission receive = {
        .opcode = RING_RETURN,
        .user_data = submission->user_data,
        .cap = submission->endpoint,
        .result = submission->result,
        .result_len = submission->result_len,
        .deadline = submission->deadline,
    };
    bool then_receive = submission->flags & RING_THEN_RECV;
    struct cap *reply;
    err_t error = find(thread, submission, INTERFACE_REPLY, &reply);

    if (!error && !then_receive &&
        (receive.cap | receive.result | receive.result_len | receive.deadline))
        error = ERR_BAD_FLAGS;
    if (!error)
        error = endpoint_return(thread, submission, reply);
    return error || !then_receive ? error : run_recv(thread, &receive, started, value);
}

static err_t run_release(struct thread *thread, const struct ring_submission *submission,
                         bool *started, uint64_t *value)
{
    (void)started;
    (void)value;
    return cap_release(&thread->process->caps, submission->cap);
}

static err_t run_cancel(struct thread *thread, const struct ring_submission *submission,
                        bool *started, uint64_t *value)
{
    struct call *call = call_find(thread, submission->argument);

    (void)started;
    (void)value;
    if (!call)
        return ERR_NOT_FOUND;
    call_withdraw(call, ERR_CANCELLED);
    return ERR_OK;
}

static err_t run_park(struct thread *thread, const struct ring_submission *submission,
                      bool *started, uint64_t *value)
{
    struct cap *cap;
    err_t error = find(thread, submission, INTERFACE_PARK_SPACE, &cap);

    (void)value;
    *started = true;
    return error ? error : park(thread, submission);
}

static err_t run_unpark(struct thread *thread, const struct ring_submission *submission,
                        bool *started, uint64_t *value)
{
    struct cap *cap;
    err_t error = find(thread, submission, INTERFACE_PARK_SPACE, &cap);

    (void)started;
    return error ? error : unpark(thread, submission->argument, submission->value, value);
}

/* clang-format off */
static const struct operation operations[RING_OPCODES] = {
    [RING_NOP] = {FIELD_ARGUMENT, 0, run_nop},
    [RING_CALL] = {FIELD_METHOD | FIELD_CAP | FIELD_INTERFACE | FIELD_PARAMS | FIELD_RESULT | FIELD_DEADLINE |
                   FIELD_ARGUMENT, 0, run_call},
    [RING_RECV] = {FIELD_CAP | FIELD_RESULT | FIELD_DEADLINE, 0, run_recv},
    [RING_RETURN] = {FIELD_VALUE | FIELD_CAP | FIELD_INTERFACE | FIELD_PARAMS | FIELD_RESULT | FIELD_DEADLINE |
                     FIELD_ARGUMENT, RING_EXCEPTION | RING_THEN_RECV, run_return},
    [RING_RELEASE] = {FIELD_CAP, 0, run_release},
    [RING_CANCEL] = {FIELD_ARGUMENT, 0, run_cancel},
    [RING_PARK] = {FIELD_VALUE | FIELD_CAP | FIELD_DEADLINE | FIELD_ARGUMENT, 0, run_park},
    [RING_UNPARK] = {FIELD_VALUE | FIELD_CAP | FIELD_ARGUMENT, 0, run_unpark},
};
/* clang-format on */

/* Whether only what the operation uses is set: what is reserved today can mean something tomorrow. */
static bool fields_are_clean(const struct operation *operation, const struct ring_submission *s)
{
    unsigned unused = ~operation->fields;
    uint64_t dirty = s->flags & ~operation->flags;

    if (unused & FIELD_METHOD)
        dirty |= s->method;
    if (unused & FIELD_VALUE)
        dirty |= s->value;
    if (unused & FIELD_CAP)
        dirty |= s->cap;
    if (unused & FIELD_INTERFACE)
        dirty |= s->interface_id;
    if (unused & FIELD_PARAMS)
        dirty |= s->params | s->params_len;
    if (unused & FIELD_RESULT)
        dirty |= s->result | s->result_len;
    if (unused & FIELD_DEADLINE)
        dirty |= s->deadline;
    if (unused & FIELD_ARGUMENT)
        dirty |= s->argument;
    return dirty == 0;
}

static void post(struct thread *thread, const struct ring_submission *submission, err_t error,
                 uint64_t value)
{
    struct ring_completion completion = {
        .user_data = submission->user_data,
        .status = -(int32_t)error,
        .value = value,
        .opcode = submission->opcode,
    };

    ring_post(thread, &completion);
}

void dispatch(struct thread *thread, const struct ring_submission *submission)
{
    bool started = false;
    uint64_t value = 0;
    err_t error;

    if (submission->opcode >= RING_OPCODES)
        error = ERR_BAD_OPCODE;
    else if (!fields_are_clean(&operations[submission->opcode], submission))
        error = ERR_BAD_FLAGS;
    else
        error = operations[submission->opcode].run(thread, submission, &started, &value);
    if (error || !started)
        post(thread, submission, error, value);
}
