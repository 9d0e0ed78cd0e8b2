/*
 * Calls of capabilities.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/call.h"

#include <string.h>

#include "capos/arena.h"

void call_open(struct call *call, cap_t cap, uint64_t interface_id, uint16_t method, uint32_t words)
{
    size_t len = words * sizeof(uint64_t);

    call->client = ring_mine();
    call->params_at = words ? arena_alloc(call->client, len) : ARENA_NONE;
    call->result_at = ARENA_NONE;
    call->under_way = false;
    call->received.n = call->given.n = 0;
    if (call->params_at != ARENA_NONE)
        capnp_build(&call->params, ring_at(call->client, call->params_at), len);
    else
        capnp_build(&call->params, NULL, 0);
    call->params.full = words != 0 && call->params_at == ARENA_NONE;
    call->submission = (struct ring_submission){
        .opcode = RING_CALL,
        .cap = cap,
        .interface_id = interface_id,
        .method = method,
    };
}

err_t call_prepare(struct call *call, uint32_t len)
{
    struct ring_submission *submission = &call->submission;

    if (call->given.n > RING_TRANSFERS_MAX)
        return ERR_BAD_ARGUMENT;
    if (call->params.full)
        return ERR_NO_ROOM;
    call->result_at = arena_alloc(call->client, len + caps_len(&call->given));
    if (call->result_at == ARENA_NONE)
        return ERR_NO_ROOM;
    if (call->given.n > 0)
        caps_write(&call->given, call->client, call->result_at + len, submission);
    submission->params_len = message_len(&call->params);
    if (submission->params_len > 0)
        submission->params = call->params_at;
    return ERR_OK;
}

err_t call_submit(struct call *call, uint32_t result_len, uint64_t user_data)
{
    uint32_t len = result_len < EXCEPTION_ROOM ? EXCEPTION_ROOM : (result_len + 7) & ~7u;
    err_t err = call_prepare(call, len);

    if (err)
        return err;
    call->submission.result = call->result_at;
    call->submission.result_len = len;
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

struct outcome call_read(struct call *call, const struct ring_completion *completion)
{
    uint8_t *result = ring_at(call->client, call->submission.result);
    struct outcome outcome = outcome_read(call->client, completion, result);

    call->under_way = false;
    /* With an exception, too. */
    call->received.caps = (struct ring_cap *)(result + completion->result_len);
    call->received.n = completion->n_caps;
    if (!outcome_is_done(outcome))
        return call_without(call, outcome);
    capnp_open(&call->results, result, completion->result_len);
    return outcome;
}

struct outcome call_wait(struct call *call)
{
    struct ring_completion completion;
    err_t err = ring_wait(call->client, call->submission.user_data, &completion);

    return err ? call_without(call, outcome_transport(err)) : call_read(call, &completion);
}

bool call_poll(struct call *call, struct outcome *outcome)
{
    struct ring_completion completion;

    if (!ring_take(call->client, call->submission.user_data, &completion))
        return false;
    *outcome = call_read(call, &completion);
    return true;
}

err_t call_cancel(struct call *call)
{
    return ring_cancel(call->client, call->submission.user_data);
}

struct outcome call_make(struct call *call, uint32_t result_len)
{
    struct ring_completion completion;
    uint64_t id = ring_next_id(call->client);
    err_t err = call_submit(call, result_len, id);

    if (!err)
        err = ring_finish(call->client, id, &completion);
    if (!err)
        return call_read(call, &completion);
    call->under_way = false; /* finishing takes it back when it fails */
    return call_without(call, outcome_transport(err));
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
    call_cancel(call);
    call_wait(call);
    if (call->under_way)
        call->params_at = call->result_at = ARENA_NONE;
}

void call_close(struct call *call)
{
    if (call->under_way)
        call_withdraw(call);
    caps_drop(&call->received);
    arena_free(call->client, call->result_at);
    arena_free(call->client, call->params_at);
    call->result_at = call->params_at = ARENA_NONE;
}

struct outcome call_end(struct call *call, struct outcome outcome)
{
    if (outcome_is_done(outcome) && capnp_error(&call->results))
        outcome = outcome_transport(ERR_BAD_MESSAGE);
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
