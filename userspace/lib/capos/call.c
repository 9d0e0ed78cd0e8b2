/*
 * Calls of capabilities.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/call.h"

#include <string.h>

#include "capos/arena.h"
#include "capos/promise.h"

__attribute__((noinline)) static uint32_t find_more_room(struct call *call, size_t len)
{
    return call->more_at = arena_alloc(call->client, len);
}

/* The result space, and behind it what the call takes along. */
static inline uint32_t find_room(struct call *call, uint32_t result_len)
{
    size_t len = (size_t)result_len + caps_len(&call->given);

    return len <= call->spare ? call->at + call->params_len : find_more_room(call, len);
}

static inline err_t prepare(struct call *call, uint32_t len)
{
    struct ring_submission *submission = &call->submission;
    uint32_t at;

    if (call->given.n > RING_TRANSFERS_MAX)
        return ERR_BAD_ARGUMENT;
    if (cap_is_promise(submission->cap) && promise_resolve(call))
        return ERR_BROKEN_PROMISE;
    at = call->params.full ? ARENA_NONE : find_room(call, len);
    if (at == ARENA_NONE)
        return ERR_NO_ROOM;
    if (call->given.n > 0)
        caps_write(&call->given, call->client, at + len, submission);
    if (len > 0) {
        submission->result = at;
        submission->result_len = len;
    }
    submission->params_len = message_len(&call->params);
    if (submission->params_len > 0)
        submission->params = call->at;
    return ERR_OK;
}

err_t call_prepare(struct call *call, uint32_t len)
{
    return prepare(call, len);
}

/* There is always room for an exception. */
static uint32_t result_space(uint32_t len)
{
    return len < EXCEPTION_ROOM ? EXCEPTION_ROOM : (len + 7) & ~7u;
}

err_t call_submit(struct call *call, uint32_t result_len, uint64_t user_data)
{
    err_t err = call_prepare(call, result_space(result_len));

    if (err)
        return err;
    call->submission.user_data = user_data;
    if (!ring_submit(call->client, &call->submission))
        return ERR_NO_CALLS;
    call->under_way = true;
    return ERR_OK;
}

/* Whoever looks at the results of a call that is not done sees an empty message. */
static struct outcome call_without(struct call *call, struct outcome outcome)
{
    capnp_open(&call->results, NULL, 0);
    return outcome;
}

__attribute__((noinline)) static struct outcome
call_read_failure(struct call *call, const struct ring_completion *completion)
{
    caps_drop(&call->received);
    if (completion->status == -ERR_NOT_FOUND && call->submission.flags & RING_PROMISED)
        return call_without(call, promise_again(call));
    return call_without(call, outcome_read(call->client, completion,
                                           ring_at(call->client, call->submission.result)));
}

/* Inline: the way of most calls. */
static inline struct outcome read_results(struct call *call,
                                          const struct ring_completion *completion)
{
    uint8_t *result = ring_at(call->client, call->submission.result);

    call->under_way = false;
    /* With an exception, too. */
    call->received = caps_received(result + completion->result_len, completion->n_caps);
    if (completion->status != 0)
        return call_read_failure(call, completion);
    capnp_open(&call->results, result, completion->result_len);
    return outcome_done();
}

struct outcome call_read(struct call *call, const struct ring_completion *completion)
{
    return read_results(call, completion);
}

struct outcome call_wait(struct call *call)
{
    struct ring_completion completion;
    struct outcome outcome;

    do {
        err_t err = ring_wait(call->client, call->submission.user_data, &completion);

        if (err)
            return call_without(call, outcome_transport(err));
        outcome = call_read(call, &completion);
    } while (call->under_way);
    return outcome;
}

bool call_poll(struct call *call, struct outcome *outcome)
{
    struct ring_completion completion;

    if (!ring_take(call->client, call->submission.user_data, &completion))
        return false;
    *outcome = call_read(call, &completion);
    return !call->under_way;
}

err_t call_cancel(struct call *call)
{
    return ring_cancel(call->client, call->submission.user_data);
}

/* Why a call was not submitted, or not waited for. */
__attribute__((noinline)) static struct outcome call_failed(struct call *call, err_t err)
{
    return call_without(call,
                        err == ERR_BROKEN_PROMISE ? promise_broken(call) : outcome_transport(err));
}

struct outcome call_make(struct call *call, uint32_t result_len)
{
    struct ring_completion completion;
    struct outcome outcome;
    err_t err = prepare(call, result_space(result_len));

    if (!err)
        err = ring_do(call->client, &call->submission, &completion);
    if (err)
        return call_failed(call, err);
    outcome = read_results(call, &completion);
    return call->under_way ? call_wait(call) : outcome;
}

struct outcome call_copy_data(struct outcome outcome, struct capnp_data from, void *to,
                              uint32_t room, uint32_t *len)
{
    if (outcome_is_done(outcome) && to && from.len > room)
        outcome = outcome_transport(ERR_NO_ROOM);
    if (!outcome_is_done(outcome))
        from.len = 0;
    if (len)
        *len = from.len;
    if (to)
        memcpy(to, from.at, from.len);
    return outcome;
}

struct outcome call_copy_text(struct outcome outcome, struct capnp_text from, char *to,
                              uint32_t room, uint32_t *len)
{
    uint32_t n;

    if (outcome_is_done(outcome) && to && from.len >= room)
        outcome = outcome_transport(ERR_NO_ROOM);
    outcome = call_copy_data(outcome, capnp_data(from.at, from.len), to, room, &n);
    if (to && room > 0)
        to[n] = '\0';
    if (len)
        *len = n;
    return outcome;
}

/* The kernel must not write results into room that others have by then. What cannot be withdrawn,
 * because completions that nobody consumed are in the way, keeps its room. */
static void call_withdraw(struct call *call)
{
    call->submission.flags = 0; /* nor does it go on */
    call_cancel(call);
    call_wait(call);
    if (call->under_way)
        call->at = call->more_at = ARENA_NONE;
}

void call_close(struct call *call)
{
    if (call->under_way)
        call_withdraw(call);
    if (call->number != 0)
        promise_close(call);
    caps_drop(&call->received);
    arena_free(call->client, call->more_at);
    arena_free(call->client, call->at);
    call->at = call->more_at = ARENA_NONE;
}

/* Apart, so that the usual end passes the outcome on as it is. */
static struct outcome call_end_badly(struct call *call)
{
    call_close(call);
    return outcome_transport(ERR_BAD_MESSAGE);
}

struct outcome call_end(struct call *call, struct outcome outcome)
{
    if (capnp_error(&call->results) && outcome_is_done(outcome))
        return call_end_badly(call);
    call_close(call);
    return outcome;
}

struct outcome ring_operate(struct ring_submission *submission, uint64_t *value)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion = {0};
    err_t err = ring_do(client, submission, &completion);

    if (value)
        *value = completion.value;
    return err ? outcome_transport(err) : outcome_read(client, &completion, NULL);
}

struct outcome cap_release(cap_t cap)
{
    return ring_operate(&(struct ring_submission){.opcode = RING_RELEASE, .cap = cap}, NULL);
}
