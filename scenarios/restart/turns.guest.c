/*
 * Serves "turns": lets one service run after the other, and ends when the last one has.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Init's directory tells how far they are. A call's cookie is 1 and the index of its client's
 * service.
 */
#include "capos/arguments.h"
#include "capos/capos.h"
#include "capos/service.h"
#include "interfaces/services.calls.h"
#include "scenarios/restart/work.calls.h"

#define SERVICES_MAX 16
#define NS_PER_MS    1000000

/* Who waits for a turn. */
static struct deferred waiting[SERVICES_MAX];

static struct outcome take(void *object, struct incoming *incoming,
                           struct turns_take_params_reader params,
                           struct turns_take_results_builder results)
{
    uint64_t client = incoming->cookie - 1;

    (void)object;
    (void)params;
    (void)results;
    check(client < SERVICES_MAX && !waiting[client].reply, "one turn for each service");
    waiting[client] = incoming_defer(incoming);
    return outcome_done();
}

/* The first service that has not come to its end and takes turns; SERVICES_MAX: there is none. */
static uint32_t first_left(void)
{
    struct capnp_list services;
    struct call call;
    uint32_t first = 0;

    services_list_open(&call, capos_cap("services"));
    check(outcome_is_done(call_make(&call, 2048)), "the services");
    services = services_list_results_services(services_list_results(&call));
    while (first < capnp_list_len(services) &&
           services_status_state(services_status_at(services, first)) >= SERVICES_STATE_ENDED)
        first++;
    call_close(&call);
    return first;
}

static void give_turn(uint32_t service)
{
    struct call answer;

    if (!waiting[service].reply)
        return;
    answer_open(&answer, waiting[service], 0);
    answer_send(&answer);
    waiting[service] = (struct deferred){CAP_NONE};
}

int main(void)
{
    static const struct turns_server methods = {.take = take};
    static const struct service_interface interfaces[] = {TURNS_SERVICE(methods)};
    struct service service = {
        .endpoint = capos_cap("turns"), .interfaces = interfaces, .n_interfaces = 1, .room = 256};
    struct arguments arguments;
    uint32_t n_others, first;
    size_t len;
    const void *block = capos_arguments(&len);

    check(!arguments_read(block, len, &arguments) && arguments.n_arguments == 1, "how many");
    n_others = (uint32_t)(arguments.strings[0][0] - '0');
    check(!service_open(&service), "room for calls");
    while ((first = first_left()) < n_others) {
        give_turn(first);
        service_step(&service, clock_now() + NS_PER_MS);
    }
    return 0;
}
