/*
 * A thread: registers, a ring, and operations in flight.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/thread.h"

#include "abi/kernel.capnp.h"
#include "arch/arch.h"
#include "diag/panic.h"
#include "mem/pool.h"
#include "object/thread_handle.h"
#include "process/process.h"
#include "ring/call.h"
#include "sched/cpu.h"
#include "sched/schedule.h"

static struct pool pool = POOL("thread", struct thread);
static uint64_t last_id;

uint64_t threads_count(void)
{
    return pool_used(&pool);
}

static void join_process(struct thread *thread, struct process *process)
{
    thread->process = process;
    list_insert(&process->threads, &thread->in_process);
    process->n_threads++;
    object_get(&thread->object);
}

err_t thread_create(struct process *process, const struct thread_start *start, struct thread **out)
{
    struct thread *thread = pool_alloc(&pool);
    err_t error;

    if (!thread)
        return ERR_NO_MEMORY;
    error = object_init(&thread->object, &thread_type, process->ledger);
    if (error)
        goto free;
    thread->id = ++last_id;
    error = ring_create(process, start->arena_pages, thread);
    if (error)
        goto credit;
    error = arch_thread_init(thread, start);
    if (error)
        goto destroy_ring;
    thread->priority = start->priority;
    thread->state = THREAD_WAITING;
    thread->joinable = true;
    thread->cpu = cpu_self();
    list_init(&thread->in_queue);
    list_init(&thread->calls);
    join_process(thread, process);
    *out = thread;
    return ERR_OK;

destroy_ring:
    ring_destroy(process, thread);
credit:
    ledger_credit(process->ledger, LEDGER_OBJECTS, 1);
free:
    pool_free(&pool, thread);
    return error;
}

void thread_start(struct thread *thread)
{
    kernel_assert(thread->state == THREAD_WAITING);
    schedule_ready(thread);
}

/* Takes the thread off the processor, out of its line, or out of its wait. */
static void stop(struct thread *thread)
{
    switch (thread->state) {
    case THREAD_RUNNING:
        kernel_assert(thread == cpu_self()->current);
        schedule_stop_current(cpu_self());
        break;
    case THREAD_READY:
        schedule_remove(thread);
        break;
    default:
        timer_stop(&thread->deadline);
        break;
    }
    thread->state = THREAD_ENDED;
}

static void tell_joiner(struct thread *thread)
{
    struct call *joiner = thread->joiner;

    thread->joiner = NULL;
    if (joiner)
        thread_handle_complete_join(joiner, thread->exit_code);
}

void thread_end(struct thread *thread, uint32_t code)
{
    struct process *process = thread->process;

    stop(thread);
    calls_drop(thread);
    cpu_forget_registers(cpu_self(), thread);
    ring_destroy(process, thread);
    arch_thread_fini(thread);
    thread->exit_code = code;
    list_remove(&thread->in_process);
    process->n_threads--;
    thread->process = NULL;
    tell_joiner(thread);
    object_put(&thread->object);
    if (process->n_threads == 0)
        process_end(process, END_EXITED, code);
}

static void destroy(struct object *object)
{
    pool_free(&pool, LIST_ENTRY(object, struct thread, object));
}

const struct object_type thread_type = {
    .name = "thread",
    .interface_id = INTERFACE_THREAD,
    .methods = thread_methods,
    .n_methods = THREAD_METHODS,
    .destroy = destroy,
};
