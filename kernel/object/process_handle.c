/*
 * ProcessHandle (kernel.capnp): waits for a process, ends it, looks at it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/process_handle.h"

#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"

static struct process *process_of(struct object *object)
{
    return (struct process *)object;
}

static void withdraw(struct call *call)
{
    list_remove(&call->in_queue);
}

static const struct call_kind waiting = {withdraw};

static void build_status(struct builder *builder, const struct process *process)
{
    struct builder_struct results = builder_root(builder, 1, 0);

    builder_u16(&results, 0, process->reason);
    builder_u32(&results, 4, process->code);
}

/* Waits are charged to those who wait, so there are as many as somebody paid for. */
void process_tell_end(struct process *process)
{
    while (!list_empty(&process->waiters)) {
        struct call *call = LIST_ENTRY(process->waiters.next, struct call, in_queue);
        struct builder builder = call_results(call);

        withdraw(call);
        build_status(&builder, process);
        call_finish(call, &builder);
    }
}

/* () -> (reason :Reason, code :UInt32) */
static err_t wait(struct invocation *invocation)
{
    struct process *process = process_of(invocation->object);
    struct call *call;
    err_t error;

    if (process == invocation->process)
        return ERR_DEADLOCK;
    if (process->state == PROCESS_ENDED) {
        build_status(&invocation->builder, process);
        return ERR_OK;
    }
    error = invocation_begin(invocation, &waiting, invocation->submission->deadline, &call);
    if (!error)
        list_insert(&process->waiters, &call->in_queue);
    return error;
}

/* () -> () */
static err_t terminate(struct invocation *invocation)
{
    invocation_results(invocation, 0, 0);
    process_end(process_of(invocation->object), END_TERMINATED, 0);
    return ERR_OK;
}

/* () -> (id :UInt64, running :Bool) */
static err_t info(struct invocation *invocation)
{
    const struct process *process = process_of(invocation->object);
    struct builder_struct results = invocation_results(invocation, 2, 0);

    builder_u64(&results, 0, process->id);
    builder_bool(&results, 64, process->state == PROCESS_RUNNING);
    return ERR_OK;
}

const struct method process_methods[PROCESS_HANDLE_METHODS] = {
    [PROCESS_HANDLE_WAIT] = {wait, 2, 0},
    [PROCESS_HANDLE_TERMINATE] = {terminate, 1, 0},
    [PROCESS_HANDLE_INFO] = {info, 3, 0},
};
