/*
 * Clients of EndpointFactory and Endpoint, and the serving side of an endpoint.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/endpoint.h"

#include "abi/interfaces.h"

struct outcome endpoint_create(cap_t factory, uint64_t interface_id, cap_t *server, cap_t *client)
{
    struct call call;
    struct outcome outcome;

    call_open(&call, factory, INTERFACE_ENDPOINT_FACTORY, ENDPOINT_FACTORY_CREATE, 0, 1, 0);
    message_put_u64(&call.params, call.root, 0, interface_id);
    outcome = call_make(&call, 0);
    *server = call_cap(&call, 0);
    *client = call_cap(&call, 1);
    call_close(&call);
    return outcome;
}

struct outcome endpoint_mint(cap_t server, uint64_t cookie, uint64_t interface_id, cap_t *client)
{
    return capos_call_cap(server, INTERFACE_ENDPOINT, ENDPOINT_MINT,
                          (uint64_t[]){cookie, interface_id}, 2, client);
}

struct outcome endpoint_close(cap_t server)
{
    return capos_call(server, INTERFACE_ENDPOINT, ENDPOINT_CLOSE, NULL, 0, NULL, 0);
}

/* Gives the submission a result space for a delivery, which is the incoming call's from now on. */
static bool incoming_open(struct incoming *incoming, struct ring_submission *submission,
                          uint32_t room)
{
    struct ring_client *client = ring_mine();
    uint32_t len = (uint32_t)sizeof(struct ring_delivery) + ((room + 7) & ~7u);

    *incoming = (struct incoming){.client = client, .mark = client->used};
    submission->result = ring_alloc(client, len);
    submission->result_len = len;
    return submission->result != RING_NO_OFFSET;
}

static struct outcome incoming_read(struct incoming *incoming,
                                    const struct ring_completion *completion, uint32_t result)
{
    const uint8_t *at = ring_at(incoming->client, result);
    struct outcome outcome = outcome_read(incoming->client, completion, at);

    if (!outcome_is_done(outcome))
        return outcome;
    memcpy(&incoming->head, at, sizeof(incoming->head));
    at += sizeof(incoming->head);
    incoming->caps = (const struct ring_cap *)(at + incoming->head.params_len);
    /* A caller may send any bytes: they read as an empty message, and the server sees defaults. */
    message_open(at, incoming->head.params_len, &incoming->params);
    return outcome;
}

struct outcome endpoint_recv(cap_t server, uint32_t room, uint64_t deadline,
                             struct incoming *incoming)
{
    struct ring_submission recv = {.opcode = RING_RECV, .cap = server, .deadline = deadline};
    struct ring_completion completion;
    struct outcome outcome;
    err_t err = ERR_NO_ROOM;

    if (incoming_open(incoming, &recv, room))
        err = ring_do(incoming->client, &recv, &completion);
    outcome = err ? OUTCOME_TRANSPORT_OF(err) : incoming_read(incoming, &completion, recv.result);
    if (!outcome_is_done(outcome))
        incoming_close(incoming);
    return outcome;
}

void incoming_close(struct incoming *incoming)
{
    incoming->client->used = incoming->mark;
}

static void answer_open(struct call *call, cap_t reply, const uint64_t *words, uint16_t n)
{
    call_open_as(call, RING_RETURN, reply, 0, n, 0);
    for (uint32_t i = 0; i < n; i++)
        message_put_u64(&call->params, call->root, i * 8, words[i]);
}

struct outcome answer_send(struct call *call)
{
    struct outcome outcome = OUTCOME_TRANSPORT_OF(ERR_NO_ROOM);

    call->submission.params_len = call->params.used * sizeof(uint64_t);
    if (!call->params.full)
        outcome = capos_operate(&call->submission, NULL);
    call_close(call);
    return outcome;
}

struct outcome endpoint_answer(cap_t reply, const uint64_t *words, uint16_t n)
{
    struct call call;

    answer_open(&call, reply, words, n);
    return answer_send(&call);
}

struct outcome endpoint_refuse(cap_t reply, enum exception_type type, err_t code,
                               const char *reason)
{
    struct call call;

    call_open_as(&call, RING_RETURN, reply, (uint32_t)strlen(reason) / 8 + 1, 1, 1);
    message_put_u64(&call.params, call.root, 0, type | (uint64_t)code << 32);
    message_put_text(&call.params, call.pointers, reason);
    call.submission.flags = RING_EXCEPTION;
    call.submission.value = code;
    return answer_send(&call);
}

struct outcome endpoint_answer_recv(cap_t reply, const uint64_t *words, uint16_t n, cap_t server,
                                    uint32_t room, uint64_t deadline, struct incoming *incoming)
{
    struct ring_submission *submission;
    struct ring_completion completion;
    struct call call;
    struct outcome outcome;
    err_t err = ERR_NO_ROOM;
    bool opened;

    /* The incoming call outlives the answer, so it lies below it in the arena. */
    submission = &call.submission;
    opened = incoming_open(incoming, &(struct ring_submission){0}, room);
    answer_open(&call, reply, words, n);
    submission->flags = RING_THEN_RECV;
    submission->params_len = call.params.used * sizeof(uint64_t);
    submission->endpoint = server;
    submission->deadline = deadline;
    submission->result = incoming->mark;
    submission->result_len = call.mark - incoming->mark;
    if (opened && !call.params.full)
        err = ring_do(incoming->client, submission, &completion);
    call_close(&call);
    outcome =
        err ? OUTCOME_TRANSPORT_OF(err) : incoming_read(incoming, &completion, submission->result);
    if (!outcome_is_done(outcome))
        incoming_close(incoming);
    return outcome;
}
