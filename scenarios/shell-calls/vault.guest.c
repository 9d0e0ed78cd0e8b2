/*
 * The service that the shell calls here: what vault.capnp says.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#include "abi/kernel.calls.h"
#include "capnp/float.h"
#include "capos/service.h"
#include "capos/syscall.h"
#include "scenarios/shell-calls/vault.calls.h"

#define REASON_MAX 200

static cap_t kept, revoker;

static struct outcome shapes(void *object, struct incoming *incoming,
                             struct vault_shapes_params_reader params,
                             struct vault_shapes_results_builder results)
{
    struct capnp_list list = vault_shapes_params_shapes(params);
    uint32_t n = capnp_list_len(list), largest = 0;

    (void)object;
    (void)incoming;
    for (uint32_t i = 1; i < n; i++) {
        if (vault_shape_area(vault_shape_at(list, i)) >
            vault_shape_area(vault_shape_at(list, largest)))
            largest = i;
    }
    vault_shapes_results_set_count(results, n);
    vault_shapes_results_set_title(results, vault_shapes_params_title(params));
    if (n > 0)
        vault_shapes_results_set_largest(results, vault_shape_at(list, largest));
    return outcome_done();
}

static struct outcome keep(void *object, struct incoming *incoming,
                           struct vault_keep_params_reader params,
                           struct vault_keep_results_builder results)
{
    (void)object;
    (void)results;
    cap_drop(kept);
    kept = incoming_cap(incoming, vault_keep_params_clock(params));
    return outcome_done();
}

static struct outcome ask(void *object, struct incoming *incoming,
                          struct vault_ask_params_reader params,
                          struct vault_ask_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    vault_ask_results_set_answered(results, outcome_is_done(timer_now(kept, NULL)));
    return outcome_done();
}

static struct outcome take(void *object, struct incoming *incoming,
                           struct vault_take_params_reader params,
                           struct vault_take_results_builder results)
{
    (void)object;
    (void)params;
    if (kept != CAP_NONE)
        vault_take_results_set_clock(results, incoming_move(incoming, kept));
    kept = CAP_NONE;
    return outcome_done();
}

static struct outcome lend(void *object, struct incoming *incoming,
                           struct vault_lend_params_reader params,
                           struct vault_lend_results_builder results)
{
    cap_t clock = incoming_cap(incoming, vault_lend_params_clock(params)), derived;
    struct outcome outcome;

    (void)object;
    cap_drop(revoker);
    outcome = caps_derive(capos_cap("caps"), clock, SCOPE_SHAREABLE, 0, &derived, &revoker);
    cap_drop(clock);
    vault_lend_results_set_clock(results, incoming_move(incoming, derived));
    return outcome;
}

static struct outcome call_back(void *object, struct incoming *incoming,
                                struct vault_call_back_params_reader params,
                                struct vault_call_back_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    return revoker_revoke(revoker);
}

/* Nobody waits for one that was deferred before: a new one takes its place. */
static struct outcome never(void *object, struct incoming *incoming,
                            struct vault_wait_params_reader params,
                            struct vault_wait_results_builder results)
{
    static struct deferred waiting;

    (void)object;
    (void)params;
    (void)results;
    cap_drop(waiting.reply);
    waiting = incoming_defer(incoming);
    return outcome_done();
}

static struct outcome refuse(void *object, struct incoming *incoming,
                             struct vault_refuse_params_reader params,
                             struct vault_refuse_results_builder results)
{
    char reason[REASON_MAX + 1];
    uint32_t len = vault_refuse_params_len(params);

    (void)object;
    (void)incoming;
    (void)results;
    if (len > REASON_MAX)
        len = REASON_MAX;
    memset(reason, 'n', len);
    reason[len] = '\0';
    return outcome_refuse(EXCEPTION_OVERLOADED, ERR_NOT_PERMITTED, "%s", reason);
}

static struct outcome leave(void *object, struct incoming *incoming,
                            struct vault_leave_params_reader params,
                            struct vault_leave_results_builder results)
{
    (void)object;
    (void)incoming;
    (void)params;
    (void)results;
    syscall_exit(0);
}

/* The index of a new capability whose calls nobody takes. */
static uint32_t give_stalled(struct incoming *incoming, uint64_t interface_id)
{
    cap_t server, client;

    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), interface_id, &server, &client)),
          "an endpoint");
    return incoming_move(incoming, client);
}

static struct outcome stall_clock(void *object, struct incoming *incoming,
                                  struct vault_stall_clock_params_reader params,
                                  struct vault_stall_clock_results_builder results)
{
    uint32_t index = give_stalled(incoming, INTERFACE_TIMER);

    (void)object;
    (void)params;
    vault_stall_clock_results_set_clock(results, index);
    vault_stall_clock_results_set_same(results, index);
    return outcome_done();
}

static struct outcome stall_package(void *object, struct incoming *incoming,
                                    struct vault_stall_package_params_reader params,
                                    struct vault_stall_package_results_builder results)
{
    (void)object;
    (void)params;
    vault_stall_package_results_set_package(results, give_stalled(incoming, INTERFACE_PACKAGE));
    return outcome_done();
}

static struct outcome count(void *object, struct incoming *incoming,
                            struct vault_count_params_reader params,
                            struct vault_count_results_builder results)
{
    struct capnp_list clocks = vault_count_params_clocks(params);
    uint32_t n = 0;

    (void)object;
    for (uint32_t i = 0; i < capnp_list_len(clocks); i++)
        n += incoming_cap_interface(incoming, capnp_list_cap(clocks, i)) == INTERFACE_TIMER;
    vault_count_results_set_count(results, n);
    return outcome_done();
}

int main(void)
{
    static const struct vault_server methods = {.shapes = shapes,
                                                .keep = keep,
                                                .ask = ask,
                                                .take = take,
                                                .lend = lend,
                                                .call_back = call_back,
                                                .wait = never,
                                                .refuse = refuse,
                                                .leave = leave,
                                                .stall_clock = stall_clock,
                                                .stall_package = stall_package,
                                                .count = count};
    static const struct service_interface interfaces[] = {VAULT_SERVICE(methods)};
    struct service service = {
        .endpoint = capos_cap("vault"), .interfaces = interfaces, .n_interfaces = 1, .room = 2048};

    check(service_open(&service) == ERR_OK, "room to serve");
    service_run(&service);
    return 1;
}
