/*
 * Calls that "service" answers late, in another order, or in vain.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

#define N_HELD      4
#define MILLISECOND 1000000ull

/* Calls under way, with their numbers as user_data. */
static struct call calls[N_HELD + 1];

static void hold(uint64_t number, uint64_t deadline)
{
    struct call *call = &calls[number];

    call_open(call, capos_cap("service"), INTERFACE_SERVICE, SERVICE_HOLD, 2);
    call_set_deadline(call, deadline);
    capnp_set_u64(capnp_init_root(&call->params, 1, 0), 0, number);
    check(call_submit(call, 64, number) == ERR_OK, "a call under way");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a call taken");
}

/* It is being served: the server says so. */
static void await_held(uint64_t n)
{
    uint64_t held = 0;

    do
        check(outcome_is_done(service_call(SERVICE_HELD, 0, &held)), "how many it holds");
    while (held < n);
}

static struct outcome finish(uint64_t number)
{
    struct outcome outcome = call_wait(&calls[number]);

    call_close(&calls[number]);
    return outcome;
}

static void free_all(uint64_t expected)
{
    uint64_t n = 0;

    check(outcome_is_done(service_call(SERVICE_FREE_ALL, 0, &n)) && n == expected,
          "%lu calls answered, not %lu", expected, n);
}

/* The completions stand in the ring in the order in which the server answered. */
static void out_of_order(void)
{
    struct ring_completion completion;

    for (uint64_t i = 1; i <= N_HELD; i++)
        hold(i, RING_NEVER);
    await_held(N_HELD);
    free_all(N_HELD);
    for (uint64_t i = N_HELD; i > 0; i--) {
        check(ring_poll(ring_mine(), &completion) && completion.user_data == i,
              "the answer to call %lu", i);
        check(outcome_is_done(call_read(&calls[i], &completion)), "call %lu done", i);
        check(capnp_u64(capnp_root(&calls[i].results), 0) == i, "its own results");
        console_printf("call %lu is answered", i);
    }
    for (uint64_t i = 1; i <= N_HELD; i++)
        call_close(&calls[i]);
}

static void cancelled(void)
{
    hold(1, RING_NEVER);
    await_held(1);
    check(call_cancel(&calls[1]) == ERR_OK, "a cancellation");
    attempt("a call that is cancelled while it is served", finish(1), ERR_CANCELLED);
    check(call_cancel(&calls[1]) == ERR_NOT_FOUND, "nothing to cancel any more");
    free_all(1);
}

static void late(void)
{
    hold(2, clock_now() + 20 * MILLISECOND);
    await_held(1);
    attempt("a call whose deadline passes while it is served", finish(2), ERR_TIMED_OUT);
    free_all(1);
}

/* Nobody serves this endpoint. */
static void not_served(void)
{
    struct call *call = &calls[3];
    cap_t server, client;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_OTHER, &server, &client)),
          "an endpoint");
    call_open(call, client, INTERFACE_OTHER, SERVICE_ADD, 0);
    check(call_submit(call, 64, 3) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1, "a call");
    check(call_cancel(call) == ERR_OK, "a cancellation");
    attempt("a call that is cancelled before anybody receives it", finish(3), ERR_CANCELLED);
    call_open(call, client, INTERFACE_OTHER, SERVICE_ADD, 0);
    call_set_deadline(call, clock_now() + MILLISECOND);
    attempt("a call that nobody receives before its deadline", call_make(call, 64), ERR_TIMED_OUT);
    call_close(call);
    cap_release(client);
    cap_release(server);
}

/* A program that ends while its call is served. */
static void caller_dies(void)
{
    cap_t process = program_start("caller", NULL, 0, BUDGET_SMALL, NULL, 0);
    struct process_end end;

    await_held(1);
    check(outcome_is_done(process_terminate(process)), "its end");
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_TERMINATED, "a process that was terminated");
    console_printf("a caller was terminated while its call was served");
    free_all(1);
}

int main(void)
{
    out_of_order();
    cancelled();
    late();
    not_served();
    caller_dies();
    return 0;
}
