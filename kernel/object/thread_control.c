/*
 * ThreadControl (kernel.capnp): what a thread may do to itself.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/thread_control.h"

#include "abi/kernel.capnp.h"
#include "abi/start.h"
#include "arch/arch.h"
#include "ring/invocation.h"
#include "sched/schedule.h"
#include "sched/thread.h"

/* The thread ends on its way out, when nothing uses it any more. */
static err_t exit_thread(struct invocation *invocation)
{
    struct thread *thread = invocation->thread;

    thread->exiting = true;
    thread->exit_code = thread_control_exit_thread_params_code(
        thread_control_exit_thread_params_root(&invocation->params));
    invocation->pending = true;
    return ERR_OK;
}

static err_t set_fs_base(struct invocation *invocation)
{
    uint64_t address = thread_control_set_fs_base_params_address(
        thread_control_set_fs_base_params_root(&invocation->params));

    if (address >= USER_END) /* the processor refuses what is not canonical */
        return ERR_BAD_ADDRESS;
    thread_control_set_fs_base_results_init_root(&invocation->results);
    arch_thread_set_fs_base(invocation->thread, address);
    return ERR_OK;
}

static err_t get_fs_base(struct invocation *invocation)
{
    thread_control_get_fs_base_results_set_address(
        thread_control_get_fs_base_results_init_root(&invocation->results),
        arch_thread_fs_base(invocation->thread));
    return ERR_OK;
}

static err_t yield(struct invocation *invocation)
{
    thread_control_yield_results_init_root(&invocation->results);
    schedule_yield();
    return ERR_OK;
}

static const struct method methods[THREAD_CONTROL_METHODS] = {
    [THREAD_CONTROL_EXIT_THREAD] = {exit_thread, 0, 0},
    [THREAD_CONTROL_SET_FS_BASE] = {set_fs_base, RESULT_WORDS(THREAD_CONTROL_SET_FS_BASE), 0},
    [THREAD_CONTROL_GET_FS_BASE] = {get_fs_base, RESULT_WORDS(THREAD_CONTROL_GET_FS_BASE), 0},
    [THREAD_CONTROL_YIELD] = {yield, RESULT_WORDS(THREAD_CONTROL_YIELD), 0},
};

static const struct object_type type = {
    .name = "thread control",
    .interface_id = INTERFACE_THREAD_CONTROL,
    .methods = methods,
    .n_methods = THREAD_CONTROL_METHODS,
};

struct object thread_control = {.type = &type, .refs = 1};
