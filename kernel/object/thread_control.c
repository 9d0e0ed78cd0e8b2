/*
 * ThreadControl (kernel.capnp): what a thread may do to itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/thread_control.h"

#include "abi/interfaces.h"
#include "abi/start.h"
#include "arch/arch.h"
#include "ring/invocation.h"
#include "sched/schedule.h"
#include "sched/thread.h"

/* (code :UInt32); the thread ends on its way out, when nothing uses it any more. */
static err_t exit_thread(struct invocation *invocation)
{
    struct thread *thread = invocation->thread;

    thread->exiting = true;
    thread->exit_code = message_u32(&invocation->params, 0);
    invocation->pending = true;
    return ERR_OK;
}

/* (address :UInt64) -> () */
static err_t set_fs_base(struct invocation *invocation)
{
    uint64_t address = message_u64(&invocation->params, 0);

    if (address >= USER_END) /* the processor refuses what is not canonical */
        return ERR_BAD_ADDRESS;
    invocation_results(invocation, 0, 0);
    arch_thread_set_fs_base(invocation->thread, address);
    return ERR_OK;
}

/* () -> (address :UInt64) */
static err_t get_fs_base(struct invocation *invocation)
{
    struct builder_struct results = invocation_results(invocation, 1, 0);

    builder_u64(&results, 0, arch_thread_fs_base(invocation->thread));
    return ERR_OK;
}

/* () -> () */
static err_t yield(struct invocation *invocation)
{
    invocation_results(invocation, 0, 0);
    schedule_yield();
    return ERR_OK;
}

static const struct method methods[THREAD_CONTROL_METHODS] = {
    [THREAD_CONTROL_EXIT_THREAD] = {exit_thread, 0, 0},
    [THREAD_CONTROL_SET_FS_BASE] = {set_fs_base, 1, 0},
    [THREAD_CONTROL_GET_FS_BASE] = {get_fs_base, 2, 0},
    [THREAD_CONTROL_YIELD] = {yield, 1, 0},
};

static const struct object_type type = {
    .name = "thread control",
    .interface_id = INTERFACE_THREAD_CONTROL,
    .methods = methods,
    .n_methods = THREAD_CONTROL_METHODS,
};

struct object thread_control = {.type = &type, .refs = 1};
