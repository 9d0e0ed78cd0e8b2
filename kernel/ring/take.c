/*
 * Takes submissions from a ring and carries them out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/take.h"

#include "ring/invocation.h"
#include "ring/park.h"
#include "ring/promise.h"

/* Instead of the capability, which can do nothing any more. */
static err_t refuse_call(struct thread *thread, const struct ring_submission *submission,
                         err_t error)
{
    if (!ring_arena(&thread->ring, submission->result, submission->result_len))
        return ERR_BAD_ARENA;
    call_refuse(thread, submission, error);
    return ERR_OK;
}

uint32_t take_call_other(struct thread *thread, const struct ring_submission *submission,
                         const struct cap *cap)
{
    struct object *object;
    err_t error = resolve_cap(thread, cap, &object);

    if (error)
        return started(refuse_call(thread, submission, error));
    if (cap->rights.facet == FACET_CLIENT)
        return started(endpoint_call(thread, submission, cap, object));
    return invoke(thread, submission, object, NULL) ? STARTED : AGAIN;
}

uint32_t take_promised_call(struct thread *thread, const struct ring_submission *s)
{
    if (!(s->flags & RING_PROMISED) || !uses(s, FLAGS(RING_PROMISED) | METHOD | VALUE, ALL_WORDS))
        return ERR_BAD_FLAGS;
    return started(promise_call(thread, s));
}

uint32_t take_return_only(struct thread *thread, const struct ring_submission *submission,
                          struct reply *reply)
{
    if (submission->endpoint | submission->result | submission->result_len | submission->deadline)
        return ERR_BAD_FLAGS;

    err_t error = endpoint_return(thread, submission, &reply);

    if (!error && reply)
        reply_unreserve(reply);
    return error;
}

static err_t run_cancel(struct thread *thread, const struct ring_submission *submission)
{
    struct call *call = call_find(thread, submission->argument);

    if (!call)
        return ERR_NOT_FOUND;
    call_withdraw(call, ERR_CANCELLED);
    return ERR_OK;
}

static uint32_t run_park(struct thread *thread, const struct ring_submission *submission)
{
    struct object *object;
    err_t error = find_object(thread, submission->cap, INTERFACE_PARK_SPACE, &object);

    return error ? error : started(park(thread, submission));
}

static err_t run_unpark(struct thread *thread, const struct ring_submission *submission,
                        uint64_t *value)
{
    struct object *object;
    err_t error = find_object(thread, submission->cap, INTERFACE_PARK_SPACE, &object);

    return error ? error : unpark(thread, submission->argument, submission->value, value);
}

/* As they end at once, with *VALUE, or go on. */
static inline uint32_t run_other(struct thread *thread, const struct ring_submission *s,
                                 uint64_t *value)
{
    switch (s->opcode) {
    case RING_NOP:
        *value = s->argument;
        return uses(s, 0, ARGUMENT) ? ERR_OK : ERR_BAD_FLAGS;
    case RING_RECV:
        return uses(s, 0, CAP | RESULT | DEADLINE) ? receive(thread, s, s->cap, NULL)
                                                   : ERR_BAD_FLAGS;
    case RING_RELEASE:
        return uses(s, 0, CAP) ? cap_release(&thread->process->caps, s->cap) : ERR_BAD_FLAGS;
    case RING_CANCEL:
        return uses(s, 0, ARGUMENT) ? run_cancel(thread, s) : ERR_BAD_FLAGS;
    case RING_PARK:
        return uses(s, VALUE, CAP | DEADLINE | ARGUMENT) ? run_park(thread, s) : ERR_BAD_FLAGS;
    case RING_UNPARK:
        return uses(s, VALUE, CAP | ARGUMENT) ? run_unpark(thread, s, value) : ERR_BAD_FLAGS;
    default:
        return ERR_BAD_OPCODE;
    }
}

uint32_t take_other(struct thread *thread, const struct ring_submission *submission)
{
    uint64_t value = 0;
    uint32_t outcome = run_other(thread, submission, &value);

    if (outcome >= OUTCOMES)
        return outcome;
    ring_post(thread, submission->user_data, submission->opcode, -(int32_t)outcome, 0,
              outcome ? 0 : value, 0);
    return STARTED;
}

bool take_end(struct thread *thread, const struct ring_submission *submission, uint32_t outcome)
{
    if (outcome == AGAIN)
        return false;
    ring_post(thread, submission->user_data, submission->opcode, -(int32_t)outcome, 0, 0, 0);
    return true;
}
