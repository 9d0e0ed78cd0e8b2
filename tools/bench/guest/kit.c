/*
 * The same server by the library's kit: what a service costs that reads its parameters and writes
 * its results.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#include "bench/echo.calls.h"

static struct outcome swap(void *object, struct incoming *incoming,
                           struct echo_swap_params_reader params,
                           struct echo_swap_results_builder results)
{
    (void)object;
    (void)incoming;
    echo_swap_results_set_a(results, echo_swap_params_g(params));
    echo_swap_results_set_b(results, echo_swap_params_f(params));
    echo_swap_results_set_c(results, echo_swap_params_e(params));
    echo_swap_results_set_d(results, echo_swap_params_d(params));
    echo_swap_results_set_e(results, echo_swap_params_c(params));
    echo_swap_results_set_f(results, echo_swap_params_b(params));
    echo_swap_results_set_g(results, echo_swap_params_a(params));
    return outcome_done();
}

int main(void)
{
    static const struct echo_server methods = {.swap = swap};
    static const struct service_interface interfaces[] = {ECHO_SERVICE(methods)};
    struct service service = {
        .endpoint = capos_cap("echo"),
        .interfaces = interfaces,
        .n_interfaces = 1,
        .room = 256,
    };

    check(service_open(&service) == ERR_OK, "room to serve");
    service_run(&service);
    return 0;
}
