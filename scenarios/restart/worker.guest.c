/*
 * Waits for its turn, and ends as its argument says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/arguments.h"
#include "capos/capos.h"
#include "interfaces/services.calls.h"
#include "scenarios/restart/work.calls.h"

/* What the directory says of the service of that name. */
static uint32_t restarts_of(const char *name)
{
    struct capnp_list services;
    struct call call;
    uint32_t restarts = UINT32_MAX;

    services_list_open(&call, capos_cap("services"));
    check(outcome_is_done(call_make(&call, 2048)), "the services");
    services = services_list_results_services(services_list_results(&call));
    for (uint32_t i = 0; i < capnp_list_len(services); i++) {
        struct services_status_reader status = services_status_at(services, i);

        if (strcmp(services_status_name(status).at, name) == 0)
            restarts = services_status_restarts(status);
    }
    call_close(&call);
    return restarts;
}

int main(void)
{
    struct arguments arguments;
    size_t len;
    const void *block = capos_arguments(&len);
    const char *how;

    check(!arguments_read(block, len, &arguments) && arguments.n_arguments == 1, "how to end");
    how = arguments.strings[0];
    check(outcome_is_done(turns_take(capos_cap("turns"))), "a turn");
    if (strcmp(how, "well") == 0)
        return 0;
    if (strcmp(how, "badly") == 0)
        return 3;
    if (strcmp(how, "fault") == 0)
        __builtin_trap();
    check(strcmp(how, "better") == 0, "well, badly, fault or better");
    console_printf("restarts of mine, as init tells: %u", restarts_of("better"));
    return restarts_of("better") < 2;
}
