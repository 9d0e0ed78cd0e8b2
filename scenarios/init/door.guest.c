/*
 * Serves "door": greets those who ring, and has them entered into the "book".
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/service.h"
#include "scenarios/init/house.calls.h"

#define NAME_MAX 20

static struct outcome ring(void *object, struct incoming *incoming,
                           struct door_ring_params_reader params,
                           struct door_ring_results_builder results)
{
    struct capnp_text name = door_ring_params_name(params);
    char greeting[80];
    struct outcome outcome;
    uint32_t number;
    uint64_t page;

    (void)object;
    (void)incoming;
    if (name.len > NAME_MAX)
        return outcome_refuse(EXCEPTION_FAILED, ERR_BAD_LENGTH, "a name of %u bytes", name.len);
    outcome = book_enter(capos_cap("book"), name, &number, &page);
    if (!outcome_is_done(outcome))
        return outcome;
    format_text(greeting, sizeof(greeting), "welcome %s, you are number %u on page %lu", name.at,
                number, page);
    door_ring_results_set_greeting(results, capnp_text(greeting));
    return outcome_done();
}

int main(void)
{
    static const struct door_server methods = {.ring = ring};
    static const struct service_interface interfaces[] = {DOOR_SERVICE(methods)};
    struct service service = {
        .endpoint = capos_cap("door"), .interfaces = interfaces, .n_interfaces = 1, .room = 256};

    check(!service_open(&service), "room for calls");
    service_run(&service);
    return 1;
}
