/*
 * One call of a service, from its delivery to what it is answered with.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/service_parts.h"

static struct outcome refuse_stranger(void)
{
    return outcome_refuse(EXCEPTION_DISCONNECTED, ERR_DISCONNECTED,
                          "the service does not know this client");
}

static struct outcome call_method(struct service *service, struct incoming *incoming)
{
    void *object = service->object;

    if (service->find) {
        object = service->find(service, incoming->cookie);
        if (!object)
            return refuse_stranger();
    }
    for (uint32_t i = 0; i < service->n_interfaces; i++) {
        const struct service_interface *interface = &service->interfaces[i];

        if (interface->id == incoming->interface_id)
            return interface->dispatch(interface->server, object, incoming);
    }
    return incoming_unimplemented(incoming);
}

void delivery_read(struct service *service)
{
    struct incoming *incoming = &service->incoming;
    const struct ring_delivery *head = ring_at(service->client, service->delivery_at);
    uint8_t *message = (uint8_t *)(head + 1);
    uint32_t len = head->params_len;

    incoming->delivery = head;
    incoming->interface_id = head->interface_id;
    incoming->cookie = head->cookie;
    incoming->method = head->method;
    incoming->reply = head->reply;
    incoming->received = caps_received(message + len, head->n_caps);
    incoming->given.n = incoming->given.moves = 0;
    capnp_open(&incoming->params, message, len);
    incoming->results.used = 0;
    incoming->results.full = false;
}

/* --- Its answer --- */

/* An answer that is done is sent only if it is whole. */
static struct outcome answer_check(struct service *service)
{
    struct incoming *incoming = &service->incoming;

    if (incoming_error(incoming))
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_MESSAGE,
                              "the parameters are not a valid message");
    if (incoming->results.full)
        return outcome_refuse(EXCEPTION_FAILED, ERR_NO_ROOM, "the service has no room for results");
    if (incoming->given.n == 0)
        return outcome_done();
    if (incoming->given.n <= RING_TRANSFERS_MAX)
        service->transfers_at = arena_alloc(service->client, caps_len(&incoming->given));
    if (service->transfers_at != ARENA_NONE)
        return outcome_done();
    return outcome_refuse(EXCEPTION_FAILED, ERR_NO_ROOM, "the service has no room for results");
}

__attribute__((noinline)) static void answer_refuse_with(struct service *service,
                                                         struct outcome outcome)
{
    struct ring_submission *answer = &service->answer;

    incoming_keep(&service->incoming);
    answer->flags = RING_EXCEPTION | RING_THEN_RECV;
    answer->value = outcome.code;
    answer->params = service->answer_at;
    answer->params_len = outcome_write(outcome, ring_at(service->client, service->answer_at));
}

/* The answer is service->answer, to be submitted. */
static void answer_prepare(struct service *service, struct outcome outcome)
{
    struct incoming *incoming = &service->incoming;
    struct ring_submission *answer = &service->answer;

    answer->cap = incoming->reply;
    answer->argument = 0;
    service->answering = true;
    if (outcome_is_done(outcome))
        outcome = answer_check(service);
    if (!outcome_is_done(outcome)) {
        answer_refuse_with(service, outcome);
        return;
    }
    answer->flags = RING_THEN_RECV;
    answer->value = 0;
    answer->params_len = message_len(&incoming->results);
    answer->params = answer->params_len > 0 ? service->answer_at : 0;
    if (service->transfers_at != ARENA_NONE)
        caps_write(&incoming->given, service->client, service->transfers_at, answer);
}

void delivery_serve(struct service *service)
{
    struct incoming *incoming = &service->incoming;
    struct outcome outcome;

    delivery_read(service);
    outcome = call_method(service, incoming);
    caps_drop(&incoming->received);
    if (incoming->reply != CAP_NONE)
        answer_prepare(service, outcome);
    else /* deferred: nothing goes along */
        incoming_keep(incoming);
}
