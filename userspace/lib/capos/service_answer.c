/*
 * The answer of a service to one call.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/service_parts.h"

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

static void answer_refuse_with(struct service *service, struct outcome outcome)
{
    struct ring_submission *answer = &service->answer;

    incoming_keep(&service->incoming);
    answer->flags = RING_EXCEPTION | RING_THEN_RECV;
    answer->value = outcome.code;
    answer->params = service->answer_at;
    answer->params_len = outcome_write(outcome, ring_at(service->client, service->answer_at));
}

void answer_prepare(struct service *service, struct outcome outcome)
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

/* Tells a caller who still waits that its answer could not be sent; false: it does not wait. */
static bool answer_apologize(struct service *service, err_t code)
{
    struct deferred deferred = {service->incoming.reply};

    return outcome_is_done(answer_refuse(
        deferred, outcome_refuse(EXCEPTION_FAILED, code, "the service's answer cannot be sent: %s",
                                 err_sentence(code))));
}

bool answer_failed(struct service *service, err_t code)
{
    bool failed =
        code == ERR_CANCELLED || code == ERR_NOT_DELIVERED || answer_apologize(service, code);

    if (failed)
        incoming_keep(&service->incoming);
    return failed;
}

/* The answer without the reception that it is prepared to go on with. */
static struct outcome answer_alone(const struct service *service)
{
    struct ring_submission answer = service->answer;

    answer.flags &= (uint8_t)~RING_THEN_RECV;
    answer.endpoint = 0;
    answer.result = answer.result_len = 0;
    answer.deadline = 0;
    return ring_operate(&answer, NULL);
}

void service_flush(struct service *service)
{
    struct outcome outcome;

    if (!service->answering)
        return;
    outcome = answer_alone(service);
    answer_done(service);
    if (!outcome_is_done(outcome))
        answer_failed(service, outcome.code);
}
