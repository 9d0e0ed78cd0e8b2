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

void delivery_serve(struct service *service)
{
    struct incoming *incoming = &service->incoming;
    struct outcome outcome;

    delivery_read(service);
    outcome = call_method(service, incoming);
    if (incoming->reply != CAP_NONE)
        answer_prepare(service, outcome);
    caps_drop(&incoming->received);
    if (incoming->reply == CAP_NONE) /* deferred: nothing goes along */
        incoming_keep(incoming);
}
