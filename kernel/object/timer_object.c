/*
 * Timer (kernel.capnp): time since boot, and sleeps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/timer_object.h"

#include "abi/interfaces.h"
#include "arch/arch.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "sched/thread.h"

static void build_now(struct builder *builder)
{
    struct builder_struct results = builder_root(builder, 1, 0);

    builder_u64(&results, 0, arch_time_ns());
}

/* () -> (nanoseconds :UInt64) */
static err_t now(struct invocation *invocation)
{
    build_now(&invocation->builder);
    return ERR_OK;
}

/* A sleep waits nowhere but for its own deadline. */
static void withdraw(struct call *call)
{
    (void)call;
}

static const struct call_kind sleeping = {withdraw};

static void wake(struct timer *timer)
{
    struct call *call = LIST_ENTRY(timer, struct call, deadline);
    struct builder builder = call_results(call);

    build_now(&builder);
    call_finish(call, &builder);
}

/* (until :UInt64) -> (nanoseconds :UInt64); the deadline of the call itself may come first. */
static err_t sleep(struct invocation *invocation)
{
    uint64_t until = message_u64(&invocation->params, 0);
    uint64_t deadline = invocation->submission->deadline;
    bool times_out = deadline && deadline < until;
    struct call *call;
    err_t error;

    if (until <= arch_time_ns()) {
        build_now(&invocation->builder);
        return ERR_OK;
    }
    error = invocation_begin(invocation, &sleeping, times_out ? deadline : until, &call);
    if (!error && !times_out && call->timed)
        call->deadline.fire = wake;
    return error;
}

static const struct method methods[TIMER_METHODS] = {
    [TIMER_NOW] = {now, 2, 0},
    [TIMER_SLEEP] = {sleep, 2, 0},
};

static const struct object_type type = {
    .name = "timer",
    .interface_id = INTERFACE_TIMER,
    .methods = methods,
    .n_methods = TIMER_METHODS,
};

struct object timer_object = {.type = &type, .refs = 1};
