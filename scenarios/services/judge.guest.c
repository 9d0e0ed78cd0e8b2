/*
 * Waits until the pest has been given up, tells what the directory says then, and ends the system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "interfaces/services.calls.h"

#define NS_PER_MS 1000000

static const char *const states[] = {"waiting", "running", "ended", "failed"};
static const char *const reasons[] = {"exited", "faulted", "terminated"};

static void show(struct services_status_reader status)
{
    enum services_state state = services_status_state(status);

    check(state < SERVICES_STATE_COUNT, "a state");
    check((services_status_id(status) != 0) == (state == SERVICES_STATE_RUNNING),
          "a process while it runs");
    console_printf("%s (%s): %s, restarts %u", services_status_name(status).at,
                   services_status_program(status).at, states[state],
                   services_status_restarts(status));
}

static void show_end(struct services_status_reader status)
{
    check(services_status_reason(status) < PROCESS_REASON_COUNT, "a reason");
    console_printf("the last end of %s: %s, code %u", services_status_name(status).at,
                   reasons[services_status_reason(status)], services_status_code(status));
}

/* All of them, if the first has come to its end. */
static bool show_at_end(void)
{
    struct capnp_list services;
    struct call call;
    bool ended;

    services_list_open(&call, capos_cap("services"));
    check(outcome_is_done(call_make(&call, 1024)), "the services");
    services = services_list_results_services(services_list_results(&call));
    ended = services_status_state(services_status_at(services, 0)) >= SERVICES_STATE_ENDED;
    for (uint32_t i = 0; ended && i < capnp_list_len(services); i++)
        show(services_status_at(services, i));
    if (ended)
        show_end(services_status_at(services, 0));
    call_close(&call);
    return ended;
}

int main(void)
{
    while (!show_at_end())
        timer_sleep(capos_cap("timer"), clock_now() + NS_PER_MS, NULL);
    return 0;
}
