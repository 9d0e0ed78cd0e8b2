/*
 * Clears ended processes away, in bounded steps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "process/reaper.h"

#include "arch/arch.h"
#include "object/process_handle.h"
#include "object/terminal.h"
#include "process/process.h"
#include "process/system.h"
#include "sched/cpu.h"
#include "sched/later.h"
#include "sched/thread.h"
#include "session/session.h"

/* A thread that no processor runs; NULL when there is none. Those that run end themselves. */
static struct thread *stoppable(struct process *process)
{
    for (struct list *at = process->threads.next; at != &process->threads; at = at->next) {
        struct thread *thread = LIST_ENTRY(at, struct thread, in_process);

        if (thread->state != THREAD_RUNNING)
            return thread;
    }
    return NULL;
}

/* Children that do not end by themselves are ended one by one, and waited for. */
static enum progress end_children(struct process *process)
{
    for (struct list *at = process->children.next; at != &process->children; at = at->next) {
        struct process *child = LIST_ENTRY(at, struct process, in_parent);

        if (child->state == PROCESS_RUNNING) {
            process_end(child, END_TERMINATED, 0);
            /* To the end: the next search meets those first that are left. */
            list_remove(&child->in_parent);
            list_insert(&process->children, &child->in_parent);
            return PROGRESS_MORE;
        }
    }
    return list_empty(&process->children) ? PROGRESS_DONE : PROGRESS_STUCK;
}

static enum progress end_threads(struct process *process)
{
    struct thread *thread;

    if (process->n_threads == 0)
        return PROGRESS_DONE;
    thread = stoppable(process);
    if (!thread)
        return PROGRESS_STUCK;
    thread_end(thread, process->code);
    return PROGRESS_MORE;
}

/* Those that are just leaving the space do not look here again by themselves. */
static void interrupt_residents(const struct space *space)
{
    for (uint64_t rest = space_residents(space); rest; rest &= rest - 1)
        arch_cpu_interrupt(cpu_at((unsigned)__builtin_ctzll(rest)));
}

/* Not before every processor has let go of the tables. */
static enum progress clear_space(struct process *process)
{
    struct cpu *cpu = cpu_self();

    if (cpu->space == &process->space)
        cpu_unload_space(cpu);
    if (space_residents(&process->space)) {
        interrupt_residents(&process->space);
        return PROGRESS_STUCK;
    }
    return space_clear_step(&process->space) ? PROGRESS_MORE : PROGRESS_DONE;
}

static enum progress clear(struct process *process)
{
    enum progress progress = end_children(process);

    if (progress == PROGRESS_DONE)
        progress = end_threads(process);
    if (progress != PROGRESS_DONE)
        return progress;
    if (cap_table_clear_step(&process->caps))
        return PROGRESS_MORE;
    return clear_space(process);
}

/* Nothing is left of it. */
static void finish(struct process *process)
{
    process->state = PROCESS_ENDED;
    ledger_close(process->ledger);
    process->ledger = NULL;
    object_put(&process->session->object);
    process->session = NULL;
    terminal_process_ended(process);
}

/* Everybody has been told. */
static void leave(struct process *process)
{
    later_remove(&process->reaping);
    list_remove(&process->in_parent);
    system_process_ended(process);
    object_put(&process->object);
    system_end_if_empty();
}

/* A part of the work: a thread, some capabilities, a page table, or some who wait for the end. */
static enum progress reap(struct later *later)
{
    struct process *process = LIST_ENTRY(later, struct process, reaping);

    if (process->state != PROCESS_ENDED) {
        enum progress progress = clear(process);

        if (progress != PROGRESS_DONE)
            return progress;
        finish(process);
    }
    if (process_tell_end(process))
        return PROGRESS_MORE;
    leave(process);
    return PROGRESS_DONE;
}

void reaper_add(struct process *process)
{
    later_init(&process->reaping, reap);
    later_add(&process->reaping);
}
