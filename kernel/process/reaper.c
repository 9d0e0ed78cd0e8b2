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

struct list reaper_queue = LIST_HEAD(reaper_queue);

/* An idle processor, if there is one, has the time for it. */
void reaper_add(struct process *process)
{
    list_insert(&reaper_queue, &process->in_reaper);
    schedule_wake_idle();
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
            return MORE;
        }
    }
    return list_empty(&process->children) ? DONE : LATER;
}

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

/* Not before every processor has let go of the tables, which each does by itself when it is in the kernel. */
static enum progress clear_space(struct process *process)
{
    struct cpu *cpu = cpu_self();

    if (cpu->space == &process->space)
        cpu_load_space(cpu, NULL);
    if (process->space.residents)
        return LATER;
    return space_clear_step(&process->space) ? MORE : DONE;
}

static enum progress clear(struct process *process)
{
    enum progress progress = end_children(process);

    if (progress == DONE)
        progress = end_threads(process);
    if (progress != DONE)
        return progress;
    if (cap_table_clear_step(&process->caps))
        return MORE;
    return clear_space(process);
}

static void finish(struct process *process)
{
    list_remove(&process->in_reaper);
    list_remove(&process->in_parent);
    process->state = PROCESS_ENDED;
    ledger_close(process->ledger);
    process->ledger = NULL;
    terminal_process_ended(process);
    process_tell_end(process);
    system_process_ended(process);
    object_put(&process->object);
    system_end_if_empty();
}

bool reaper_step(void)
{
    bool progress = false;

    for (unsigned i = 0; i < PARTS_MAX && !list_empty(&reaper_queue); i++) {
        struct process *process = LIST_ENTRY(reaper_queue.next, struct process, in_reaper);

        switch (clear(process)) {
        case DONE:
            finish(process);
            progress = true;
            break;
        case MORE:
            progress = true;
            break;
        case LATER: /* others first */
            list_remove(&process->in_reaper);
            list_insert(&reaper_queue, &process->in_reaper);
            break;
        }
    }
    return progress;
}
