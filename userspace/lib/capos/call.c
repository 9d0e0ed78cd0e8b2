/*
 * Calls of capabilities, and how they end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/call.h"

/* A CapException with a reason as long as we keep. */
#define EXCEPTION_ROOM (24 + RING_REASON_LEN)

const char *outcome_sentence(struct outcome outcome)
{
    const char *reason = ring_mine()->reason;

    return outcome.kind == OUTCOME_EXCEPTION && reason[0] ? reason : err_sentence(outcome.code);
}

static struct outcome exception_read(struct ring_client *client, const void *at, uint32_t len)
{
    struct message_struct exception;
    const char *reason;
    size_t reason_len;

    if (message_open(at, len, &exception))
        return (struct outcome){OUTCOME_EXCEPTION, EXCEPTION_FAILED, ERR_BAD_MESSAGE};
    reason = message_get_text(&exception, 0);
    reason_len = strlen(reason);
    if (reason_len > RING_REASON_LEN - 1)
        reason_len = RING_REASON_LEN - 1;
    memcpy(client->reason, reason, reason_len);
    client->reason[reason_len] = '\0';
    return (struct outcome){
        .kind = OUTCOME_EXCEPTION,
        .type = message_u16(&exception, 0),
        .code = message_u32(&exception, 4),
    };
}

struct outcome outcome_read(struct ring_client *client, const struct ring_completion *completion,
                            const void *result)
{
    if (completion->status == 0)
        return (struct outcome){0};
    if (completion->status < 0)
        return OUTCOME_TRANSPORT_OF((err_t)-completion->status);
    client->reason[0] = '\0';
    if (completion->status == RING_STATUS_TRUNCATED || !result)
        return (struct outcome){OUTCOME_EXCEPTION, EXCEPTION_FAILED, (err_t)completion->value};
    return exception_read(client, result, completion->result_len);
}

void call_open_as(struct call *call, uint8_t opcode, cap_t cap, uint32_t extra, uint16_t n_data,
                  uint16_t n_pointers)
{
    struct ring_client *client = ring_mine();
    uint32_t words = (uint32_t)n_data + n_pointers + extra;

    *call = (struct call){
        .client = client,
        .mark = client->used,
        .submission = {.opcode = opcode, .cap = cap},
    };
    if (words == 0)
        return;
    call->submission.params = ring_alloc(client, (words + 1) * sizeof(uint64_t));
    if (call->submission.params == RING_NO_OFFSET) {
        call->params.full = true;
        return;
    }
    call->params.words = ring_at(client, call->submission.params);
    call->params.n_words = words + 1;
    call->root = message_put_root(&call->params, n_data, n_pointers);
    call->pointers = call->root + n_data;
}

void call_open(struct call *call, cap_t cap, uint64_t interface_id, uint16_t method, uint32_t extra,
               uint16_t n_data, uint16_t n_pointers)
{
    call_open_as(call, RING_CALL, cap, extra, n_data, n_pointers);
    call->submission.interface_id = interface_id;
    call->submission.method = method;
}

void call_transfer(struct call *call, const cap_t *caps, uint32_t n)
{
    uint32_t at = ring_alloc(call->client, n * sizeof(struct ring_transfer));
    struct ring_transfer *transfers = ring_at(call->client, at);

    if (n == 0)
        return;
    if (at == RING_NO_OFFSET) {
        call->params.full = true;
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        transfers[i] = (struct ring_transfer){.cap = caps[i], .mode = RING_COPY};
    call->submission.transfers = at;
    call->submission.n_transfers = n;
}

err_t call_submit(struct call *call, uint32_t result_len, uint64_t user_data)
{
    struct ring_submission *submission = &call->submission;

    if (result_len < EXCEPTION_ROOM)
        result_len = EXCEPTION_ROOM;
    submission->result = ring_alloc(call->client, result_len);
    if (call->params.full || submission->result == RING_NO_OFFSET)
        return ERR_NO_ROOM;
    submission->result_len = (result_len + 7) & ~7u;
    submission->params_len = call->params.used * sizeof(uint64_t);
    submission->user_data = user_data;
    return ring_submit(call->client, submission) ? ERR_OK : ERR_NO_CALLS;
}

struct outcome call_read(struct call *call, const struct ring_completion *completion)
{
    const uint8_t *result = ring_at(call->client, call->submission.result);
    struct outcome outcome = outcome_read(call->client, completion, result);

    if (!outcome_is_done(outcome))
        return outcome;
    call->caps = (const struct ring_cap *)(result + completion->result_len);
    call->n_caps = completion->n_caps;
    if (message_open(result, completion->result_len, &call->results))
        return OUTCOME_TRANSPORT_OF(ERR_BAD_MESSAGE);
    return outcome;
}

struct outcome call_make(struct call *call, uint32_t result_len)
{
    struct ring_completion completion;
    uint64_t id = ring_next_id(call->client);
    err_t err = call_submit(call, result_len, id);

    if (!err)
        err = ring_finish(call->client, id, &completion);
    return err ? OUTCOME_TRANSPORT_OF(err) : call_read(call, &completion);
}

cap_t call_cap(const struct call *call, uint32_t pointer)
{
    uint32_t index;

    if (message_get_cap(&call->results, pointer, &index) || index >= call->n_caps)
        return CAP_NONE;
    return call->caps[index].cap;
}

void call_close(struct call *call)
{
    call->client->used = call->mark;
}

static void call_open_words(struct call *call, cap_t cap, uint64_t interface_id, uint16_t method,
                            const uint64_t *params, uint16_t n_params)
{
    call_open(call, cap, interface_id, method, 0, n_params, 0);
    for (uint32_t i = 0; i < n_params; i++)
        message_put_u64(&call->params, call->root, i * 8, params[i]);
}

struct outcome capos_call(cap_t cap, uint64_t interface_id, uint16_t method, const uint64_t *params,
                          uint16_t n_params, uint64_t *results, uint16_t n_results)
{
    struct call call;
    struct outcome outcome;

    call_open_words(&call, cap, interface_id, method, params, n_params);
    outcome = call_make(&call, (n_results + 1) * sizeof(uint64_t));
    for (uint32_t i = 0; i < n_results; i++)
        results[i] = message_u64(&call.results, i * 8);
    call_close(&call);
    return outcome;
}

struct outcome capos_call_cap(cap_t cap, uint64_t interface_id, uint16_t method,
                              const uint64_t *params, uint16_t n_params, cap_t *result)
{
    struct call call;
    struct outcome outcome;

    call_open_words(&call, cap, interface_id, method, params, n_params);
    outcome = call_make(&call, 0);
    *result = call_cap(&call, 0);
    call_close(&call);
    return outcome;
}

struct outcome capos_operate(struct ring_submission *submission, uint64_t *value)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion = {0};
    err_t err = ring_do(client, submission, &completion);

    if (value)
        *value = completion.value;
    return err ? OUTCOME_TRANSPORT_OF(err) : outcome_read(client, &completion, NULL);
}

struct outcome cap_release(cap_t cap)
{
    return capos_operate(&(struct ring_submission){.opcode = RING_RELEASE, .cap = cap}, NULL);
}
