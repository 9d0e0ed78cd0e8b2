/*
 * ProcessHandle (kernel.capnp): waits for a process, ends it, looks at it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/process_handle.h"

#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"

#define TELL_MAX 32 /* waits that end in one step */

static struct process *process_of(struct object *object)
{
    return (struct process *)object;
}

static void withdraw(struct call *call)
{
    list_remove(&call->in_queue);
}

static const struct call_kind waiting = {withdraw};

_Static_assert((int)PROCESS_REASON_EXITED == END_EXITED, "one numbering");
_Static_assert((int)PROCESS_REASON_FAULTED == END_FAULTED, "one numbering");
_Static_assert((int)PROCESS_REASON_TERMINATED == END_TERMINATED, "one numbering");

static void build_status(struct capnp_builder *builder, const struct process *process)
{
    struct process_wait_results_builder results = process_wait_results_init_root(builder);

    process_wait_results_set_reason(results, (enum process_reason)process->reason);
    process_wait_results_set_code(results, process->code);
}

/* Waits are charged to those who wait, so there are as many as somebody paid for. */
bool process_tell_end(struct process *process)
{
    for (unsigned n = 0; n < TELL_MAX && !list_empty(&process->waiters); n++) {
        struct call *call = LIST_ENTRY(process->waiters.next, struct call, in_queue);
        struct capnp_builder results;

        withdraw(call);
        call_results(call, &results);
        build_status(&results, process);
        call_finish(call, &results);
    }
    return !list_empty(&process->waiters);
}

static err_t wait(struct invocation *invocation)
{
    struct process *process = process_of(invocation->object);
    struct call *call;
    err_t error;

    if (process == invocation->process)
        return ERR_DEADLOCK;
    if (process->state == PROCESS_ENDED) {
        build_status(&invocation->results, process);
        return ERR_OK;
    }
    error = invocation_begin(invocation, &waiting, invocation->submission->deadline, &call);
    if (!error)
        list_insert(&process->waiters, &call->in_queue);
    return error;
}

static err_t terminate(struct invocation *invocation)
{
    process_terminate_results_init_root(&invocation->results);
    process_end(process_of(invocation->object), END_TERMINATED, 0);
    return ERR_OK;
}

static err_t info(struct invocation *invocation)
{
    const struct process *process = process_of(invocation->object);
    struct process_info_results_builder results =
        process_info_results_init_root(&invocation->results);

    process_info_results_set_id(results, process->id);
    process_info_results_set_running(results, process->state == PROCESS_RUNNING);
    return ERR_OK;
}

const struct method process_methods[PROCESS_METHODS] = {
    [PROCESS_WAIT] = {wait, RESULT_WORDS(PROCESS_WAIT), 0},
    [PROCESS_TERMINATE] = {terminate, RESULT_WORDS(PROCESS_TERMINATE), 0},
    [PROCESS_INFO] = {info, RESULT_WORDS(PROCESS_INFO), 0},
};
