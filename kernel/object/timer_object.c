/*
 * Timer (kernel.capnp): time since boot, and sleeps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/timer_object.h"

#include "abi/kernel.capnp.h"
#include "arch/arch.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "sched/thread.h"

static err_t now(struct invocation *invocation)
{
    timer_now_results_set_nanoseconds(timer_now_results_init_root(&invocation->results),
                                      arch_time_ns());
    return ERR_OK;
}

/* A sleep waits nowhere but for its own deadline. */
static void withdraw(struct call *call)
{
    (void)call;
}

static const struct call_kind sleeping = {withdraw};

static void build_woken(struct capnp_builder *results)
{
    timer_sleep_results_set_nanoseconds(timer_sleep_results_init_root(results), arch_time_ns());
}

static void wake(struct timer *timer)
{
    struct call *call = LIST_ENTRY(timer, struct call, deadline);
    struct capnp_builder results;

    call_results(call, &results);
    build_woken(&results);
    call_finish(call, &results);
}

/* The deadline of the call itself may come first. */
static err_t sleep(struct invocation *invocation)
{
    uint64_t until = timer_sleep_params_until(timer_sleep_params_root(&invocation->params));
    uint64_t deadline = invocation->submission->deadline;
    bool times_out = deadline && deadline < until;
    struct call *call;
    err_t error;

    if (until <= arch_time_ns()) {
        build_woken(&invocation->results);
        return ERR_OK;
    }
    error = invocation_begin(invocation, &sleeping, times_out ? deadline : until, &call);
    if (!error && !times_out && call->timed)
        call->deadline.fire = wake;
    return error;
}

static const struct method methods[TIMER_METHODS] = {
    [TIMER_NOW] = {now, RESULT_WORDS(TIMER_NOW), 0},
    [TIMER_SLEEP] = {sleep, RESULT_WORDS(TIMER_SLEEP), 0},
};

static const struct object_type type = {
    .name = "timer",
    .interface_id = INTERFACE_TIMER,
    .methods = methods,
    .n_methods = TIMER_METHODS,
};

struct object timer_object = {.type = &type, .refs = 1};
