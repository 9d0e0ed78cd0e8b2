/*
 * A service: an endpoint, and the methods that answer its calls.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The delivery and the answer have a block of the arena each for the service's life: the answer is
 * sent with the reception of the next call, which overwrites the delivery.
 */
#include "capos/service.h"

#include "capos/arena.h"

static size_t answer_room(const struct service *service)
{
    return service->room < EXCEPTION_ROOM ? EXCEPTION_ROOM : service->room;
}

static size_t delivery_len(const struct service *service)
{
    return sizeof(struct ring_delivery) + ((service->room + 7ul) & ~7ul);
}

err_t service_open(struct service *service)
{
    struct ring_client *client = ring_mine();

    service->client = client;
    service->answer_at = service->delivery_at = service->transfers_at = ARENA_NONE;
    service->answering = service->receiving = service->stopped = false;
    service->delivery_at = arena_alloc(client, delivery_len(service));
    service->answer_at = arena_alloc(client, answer_room(service));
    if (service->delivery_at != ARENA_NONE && service->answer_at != ARENA_NONE)
        return ERR_OK;
    service_close(service);
    return ERR_NO_ROOM;
}

/* --- The answer --- */

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

/* Writes down what a method's outcome is answered with. */
static void answer_prepare(struct service *service, struct outcome outcome)
{
    struct incoming *incoming = &service->incoming;
    struct ring_submission *answer = &service->answer;

    *answer = (struct ring_submission){.opcode = RING_RETURN, .cap = incoming->reply};
    if (outcome_is_done(outcome))
        outcome = answer_check(service);
    if (!outcome_is_done(outcome)) {
        answer->flags = RING_EXCEPTION;
        answer->value = outcome.code;
        answer->params_len = outcome_write(outcome, ring_at(service->client, service->answer_at));
    } else {
        answer->params_len = message_len(&incoming->results);
        if (service->transfers_at != ARENA_NONE)
            caps_write(&incoming->given, service->client, service->transfers_at, answer);
    }
    if (answer->params_len > 0)
        answer->params = service->answer_at;
    service->answering = true;
}

/* The answer has gone out, or has failed. */
static void answer_done(struct service *service)
{
    service->answering = false;
    arena_free(service->client, service->transfers_at);
    service->transfers_at = ARENA_NONE;
}

/* Tells a caller who still waits that its answer could not be sent; false: it does not wait. */
static bool answer_apologize(struct service *service, err_t code)
{
    struct deferred deferred = {service->incoming.reply};

    return outcome_is_done(answer_refuse(
        deferred, outcome_refuse(EXCEPTION_FAILED, code, "the service's answer cannot be sent: %s",
                                 err_sentence(code))));
}

void service_flush(struct service *service)
{
    struct outcome outcome;

    if (!service->answering)
        return;
    outcome = ring_operate(&service->answer, NULL);
    answer_done(service);
    incoming_drop_given(&service->incoming);
    if (!outcome_is_done(outcome) && outcome.code != ERR_CANCELLED)
        answer_apologize(service, outcome.code);
}

/* --- One call --- */

static struct outcome call_method(struct service *service, struct incoming *incoming)
{
    void *object = service->object;

    if (service->find)
        object = service->find(service, incoming->cookie);
    if (service->find && !object)
        return outcome_refuse(EXCEPTION_DISCONNECTED, ERR_DISCONNECTED,
                              "the service does not know this client");
    for (uint32_t i = 0; i < service->n_interfaces; i++) {
        const struct service_interface *interface = &service->interfaces[i];

        if (interface->id == incoming->interface_id)
            return interface->dispatch(interface->server, object, incoming);
    }
    return incoming_unimplemented(incoming);
}

static void incoming_read(struct service *service)
{
    struct incoming *incoming = &service->incoming;
    const struct ring_delivery *head = ring_at(service->client, service->delivery_at);
    uint8_t *message = (uint8_t *)(head + 1);

    incoming->interface_id = head->interface_id;
    incoming->cookie = head->cookie;
    incoming->method = head->method;
    incoming->reply = head->reply;
    incoming->received.caps = (struct ring_cap *)(message + head->params_len);
    incoming->received.n = head->n_caps;
    incoming->given.n = 0;
    incoming->given_away = 0;
    capnp_open(&incoming->params, message, head->params_len);
    capnp_build(&incoming->results, ring_at(service->client, service->answer_at),
                answer_room(service));
}

static void serve(struct service *service)
{
    struct incoming *incoming = &service->incoming;
    struct outcome outcome;

    incoming_read(service);
    outcome = call_method(service, incoming);
    if (incoming->reply != CAP_NONE)
        answer_prepare(service, outcome);
    caps_drop(&incoming->received);
    if (incoming->reply == CAP_NONE) /* deferred: nothing goes along */
        incoming_drop_given(incoming);
}

/* --- The loop --- */

static err_t submit(struct service *service, uint64_t user_data, uint64_t deadline)
{
    struct ring_submission submission = {.opcode = RING_RECV, .cap = service->endpoint};

    if (service->answering) {
        submission = service->answer;
        submission.flags |= RING_THEN_RECV;
        submission.endpoint = service->endpoint;
    }
    submission.user_data = user_data;
    submission.result = service->delivery_at;
    submission.result_len = (uint32_t)delivery_len(service);
    submission.deadline = deadline;
    if (!ring_submit(service->client, &submission))
        return ERR_NO_CALLS;
    service->receiving = true;
    service->user_data = user_data;
    /* Behind the answer in the queue, so they go along and are gone at once. */
    incoming_drop_given(&service->incoming);
    return ERR_OK;
}

err_t service_submit(struct service *service, uint64_t user_data)
{
    return submit(service, user_data, RING_NEVER);
}

/*
 * An operation that was to answer and to receive has failed. When its caller waited no more, nothing
 * was received, and that is all. Otherwise it is the answer that was wrong, if it can be given again,
 * or the reception.
 */
static struct outcome turn_failed(struct service *service, struct outcome outcome)
{
    if (outcome.code == ERR_CANCELLED)
        return outcome_done();
    if (outcome.code == ERR_DISCONNECTED || outcome.code == ERR_TIMED_OUT ||
        !answer_apologize(service, outcome.code))
        return outcome;
    return outcome_done();
}

struct outcome service_take(struct service *service, const struct ring_completion *completion)
{
    bool answering = service->answering;
    struct outcome outcome = outcome_read(service->client, completion, NULL);

    service->receiving = false;
    answer_done(service);
    if (outcome_is_done(outcome))
        serve(service);
    else if (answering)
        outcome = turn_failed(service, outcome);
    return outcome;
}

static struct outcome turn(struct service *service, uint64_t deadline)
{
    uint64_t id = ring_next_id(service->client);
    struct ring_completion completion;
    err_t err = submit(service, id, deadline);

    if (!err)
        err = ring_finish(service->client, id, &completion);
    if (!err)
        return service_take(service, &completion);
    service->receiving = false;
    return outcome_transport(err);
}

struct outcome service_step(struct service *service, uint64_t deadline)
{
    struct outcome outcome;

    service_flush(service);
    outcome = turn(service, deadline);
    service_flush(service);
    return outcome;
}

struct outcome service_run(struct service *service)
{
    struct outcome outcome = outcome_done();

    service->stopped = false;
    while (!service->stopped && outcome_is_done(outcome))
        outcome = turn(service, RING_NEVER);
    service_flush(service);
    return outcome;
}

void service_stop(struct service *service)
{
    service->stopped = true;
}

/* Takes the reception back. The caller that was to be answered with it has its answer, or does not
 * get it any more; the one that came all the same is disconnected. */
static void receive_withdraw(struct service *service)
{
    struct ring_completion completion;

    ring_cancel(service->client, service->user_data);
    if (ring_wait(service->client, service->user_data, &completion))
        return;
    service->receiving = false;
    if (completion.status == 0) {
        incoming_read(service);
        caps_drop(&service->incoming.received);
    }
    if (completion.status == 0 || service->answering)
        cap_drop(service->incoming.reply);
}

void service_close(struct service *service)
{
    if (service->receiving)
        receive_withdraw(service);
    else
        service_flush(service);
    answer_done(service);
    arena_free(service->client, service->answer_at);
    /* What cannot be taken back, because completions that nobody consumed are in the way, keeps it. */
    if (!service->receiving)
        arena_free(service->client, service->delivery_at);
    service->answer_at = service->delivery_at = ARENA_NONE;
}
