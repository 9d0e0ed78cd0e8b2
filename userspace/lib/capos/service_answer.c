/*
 * Answers of a service that are sent by themselves, and those that fail.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/service_parts.h"

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
