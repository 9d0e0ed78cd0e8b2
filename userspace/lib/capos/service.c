/*
 * The loop of a service: it receives, answers, and receives the next call with the same operation.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The delivery and the answer have a block of the arena each for the service's life: the answer is
 * sent with the reception of the next call, which overwrites the delivery.
 */
#include "capos/service.h"

#include "capos/service_parts.h"

static size_t delivery_len(const struct service *service)
{
    return sizeof(struct ring_delivery) + ((service->room + 7ul) & ~7ul);
}

err_t service_open(struct service *service)
{
    struct ring_client *client = ring_mine();

    service->client = client;
    service->transfers_at = ARENA_NONE;
    service->answering = service->receiving = service->stopped = false;
    service->incoming.given.moves = 0;
    service->incoming.kept = service->kept;
    service->incoming.endpoint = service->endpoint;
    service->delivery_at = arena_alloc(client, delivery_len(service));
    service->answer_at = arena_alloc(client, answer_room(service));
    if (service->delivery_at == ARENA_NONE || service->answer_at == ARENA_NONE) {
        service_close(service);
        return ERR_NO_ROOM;
    }
    capnp_build(&service->incoming.results, ring_at(client, service->answer_at),
                answer_room(service));
    /* What all answers have in common. */
    service->answer = (struct ring_submission){
        .opcode = RING_RETURN,
        .endpoint = service->endpoint,
        .result = service->delivery_at,
        .result_len = (uint32_t)delivery_len(service),
    };
    return ERR_OK;
}

/* The operation that receives the next call: an answer that goes on, or the first reception. */
static struct ring_submission *next_of(struct service *service, struct ring_submission *first,
                                       uint64_t deadline)
{
    struct ring_submission *next = &service->answer;

    if (!service->answering) {
        *first = (struct ring_submission){
            .opcode = RING_RECV,
            .cap = service->endpoint,
            .result = service->answer.result,
            .result_len = service->answer.result_len,
        };
        next = first;
    }
    next->deadline = deadline;
    return next;
}

err_t service_submit(struct service *service, uint64_t user_data)
{
    struct ring_submission first, *next = next_of(service, &first, RING_NEVER);

    next->user_data = user_data;
    if (!ring_submit(service->client, next))
        return ERR_NO_CALLS;
    service->receiving = true;
    service->user_data = user_data;
    return ERR_OK;
}

/* When it is the answer that has failed nothing was received, and that is all. */
__attribute__((noinline)) static struct outcome
take_failed(struct service *service, const struct ring_completion *completion)
{
    struct outcome outcome = outcome_read(service->client, completion, NULL);
    bool answering = service->answering;

    answer_done(service);
    if (!answering || outcome.code == ERR_DISCONNECTED || outcome.code == ERR_TIMED_OUT)
        return outcome;
    return answer_failed(service, outcome.code) ? outcome_done() : outcome;
}

struct outcome service_take(struct service *service, const struct ring_completion *completion)
{
    service->receiving = false;
    if (completion->status != 0)
        return take_failed(service, completion);
    answer_done(service);
    delivery_serve(service);
    return outcome_done();
}

static struct outcome turn(struct service *service, uint64_t deadline)
{
    struct ring_completion completion;
    struct ring_submission first;
    err_t err = ring_do(service->client, next_of(service, &first, deadline), &completion);

    return err ? outcome_transport(err) : service_take(service, &completion);
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

/* Takes the reception back. The caller that was to be answered with it has its answer, and what was
 * moved, or does not get them any more: nobody can tell, so all is dropped. The caller that came
 * all the same is disconnected. */
static void receive_withdraw(struct service *service)
{
    struct ring_completion completion;

    ring_cancel(service->client, service->user_data);
    if (ring_wait(service->client, service->user_data, &completion))
        return;
    service->receiving = false;
    service->incoming.kept = NULL;
    if (completion.status == 0) {
        delivery_read(service);
        caps_drop(&service->incoming.received);
    } else if (service->answering) {
        incoming_keep(&service->incoming);
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
    /* What cannot be taken back, because completions that nobody consumed are in the way, keeps
     * it. */
    if (!service->receiving)
        arena_free(service->client, service->delivery_at);
    service->answer_at = service->delivery_at = ARENA_NONE;
}
