/*
 * Serves "work" until it is told to crash.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/service.h"
#include "scenarios/restart/work.calls.h"

static struct outcome twice(void *object, struct incoming *incoming,
                            struct work_twice_params_reader params,
                            struct work_twice_results_builder results)
{
    (void)object;
    work_twice_results_set_number(results, 2 * work_twice_params_number(params));
    work_twice_results_set_client(results, incoming->cookie);
    return outcome_done();
}

static struct outcome crash(void *object, struct incoming *incoming,
                            struct work_crash_params_reader params,
                            struct work_crash_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    syscall_exit(9);
}

int main(void)
{
    static const struct work_server methods = {.twice = twice, .crash = crash};
    static const struct service_interface interfaces[] = {WORK_SERVICE(methods)};
    struct service service = {
        .endpoint = capos_cap("work"), .interfaces = interfaces, .n_interfaces = 1, .room = 256};

    check(!service_open(&service), "room for calls");
    service_run(&service);
    return 1;
}
