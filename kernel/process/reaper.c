/*
 * Clears ended processes away, in bounded steps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "process/reaper.h"

#include "lib/list.h"
#include "object/process_handle.h"
#include "object/terminal.h"
#include "process/process.h"
#include "process/system.h"
#include "sched/cpu.h"
#include "sched/schedule.h"
#include "sched/thread.h"

/* Parts of one step: a thread, some capabilities, or a page table each. */
#define PARTS_MAX 8

static struct list queue = LIST_HEAD(queue);

void reaper_add(struct process *process)
{
    list_insert(&queue, &process->in_reaper);
}

bool reaper_has_work(void)
{
    return !list_empty(&queue);
}

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

enum progress { DONE, MORE, LATER };

static enum progress end_threads(struct process *process)
{
    struct thread *thread;

    if (process->n_threads == 0)
        return DONE;
    thread = stoppable(process);
    if (!thread)
        return LATER;
    thread_end(thread, process->code);
    return MORE;
}

static enum progress clear_space(struct process *process)
{
    struct cpu *cpu = cpu_self();

    if (cpu->space == &process->space)
        cpu_load_space(cpu, NULL);
    if (!space_clear_step(&process->space))
        return DONE;
    /* What is left may be tables that another processor has loaded; it lets go of them by itself. */
    return process->space.residents ? LATER : MORE;
}

static enum progress clear(struct process *process)
{
    enum progress progress = end_threads(process);

    if (progress != DONE)
        return progress;
    if (cap_table_clear_step(&process->caps))
        return MORE;
    return clear_space(process);
}

static void finish(struct process *process)
{
    list_remove(&process->in_reaper);
    list_remove(&process->in_all);
    process->state = PROCESS_ENDED;
    ledger_close(process->ledger);
    process->ledger = NULL;
    terminal_process_ended(process);
    process_tell_end(process);
    system_process_ended(process);
    object_put(&process->object);
    system_end_if_empty();
}

void reaper_step(void)
{
    for (unsigned i = 0; i < PARTS_MAX && !list_empty(&queue); i++) {
        struct process *process = LIST_ENTRY(queue.next, struct process, in_reaper);

        switch (clear(process)) {
        case DONE:
            finish(process);
            break;
        case MORE:
            break;
        case LATER: /* others first */
            list_remove(&process->in_reaper);
            list_insert(&queue, &process->in_reaper);
            break;
        }
    }
}
