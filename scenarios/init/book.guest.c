/*
 * Serves "book": numbers those who are entered, on a page for each client.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/service.h"
#include "scenarios/init/house.calls.h"

static struct outcome enter(void *n, struct incoming *incoming,
                            struct book_enter_params_reader params,
                            struct book_enter_results_builder results)
{
    uint32_t number = ++*(uint32_t *)n;

    console_printf("%u: %s", number, book_enter_params_name(params).at);
    book_enter_results_set_number(results, number);
    book_enter_results_set_page(results, incoming->cookie);
    return outcome_done();
}

int main(void)
{
    static const struct book_server methods = {.enter = enter};
    static const struct service_interface interfaces[] = {BOOK_SERVICE(methods)};
    uint32_t n = 0;
    struct service service = {.endpoint = capos_cap("book"),
                              .interfaces = interfaces,
                              .n_interfaces = 1,
                              .object = &n,
                              .room = 256};

    check(!service_open(&service), "room for calls");
    service_run(&service);
    return 1;
}
