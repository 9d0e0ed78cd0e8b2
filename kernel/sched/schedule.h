/*
 * Who runs next: per-processor queues, priorities, round robin within one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A thread that becomes ready goes to an idle processor if there is one, else in line where it ran
 * last; it takes that processor at once when its priority is higher. A processor with nothing ready
 * takes from another's queue. Without company a thread has no time slice and no timer. All under
 * the kernel lock.
 */
#pragma once

#include "process/process.h"
#include "sched/cpu.h"
#include "sched/thread.h"

/* How long a thread runs while others of its priority wait. */
#define SLICE_NS 5000000

/* A thread that was waiting, or is new, wants to run. */
void schedule_ready(struct thread *thread);

/* The rest of schedule_wake(): the last of the highest priority is the one to go on with. */
void schedule_wake_another(struct cpu *cpu, struct thread *thread);

/* A thread that was waiting has what it waited for. If this processor has nothing better to do at
 * the end of this stay in the kernel, it goes on with THREAD at once, in what is left of the
 * current thread's slice; else as schedule_ready(). */
static inline void schedule_wake(struct thread *thread)
{
    struct cpu *cpu = cpu_self();

    thread->state = THREAD_READY;
    if (__builtin_expect(cpu->woken != NULL, 0))
        schedule_wake_another(cpu, thread);
    else
        cpu->woken = thread;
}

/* The current thread of this processor goes to the end of its line, if anyone else is in it. */
void schedule_yield(void);

/* The current thread is not running any more: it waits or has ended. */
static inline void schedule_stop_current(struct cpu *cpu)
{
    cpu->current = NULL;
}

/* There is work that an idle processor can do; interrupts one, if there is one. */
void schedule_wake_idle(void);

/* A ready thread will not run any more. */
void schedule_remove(struct thread *thread);

/* CPU, which is this processor, runs THREAD, which is in no line. */
static inline void schedule_run(struct cpu *cpu, struct thread *thread)
{
    cpu->current = thread;
    thread->cpu = cpu;
    thread->state = THREAD_RUNNING;
}

/* Whether THREAD may go before those that wait in line: not of a higher priority, and those of its
 * own must have a slice to wait for. */
static inline bool schedule_may_overtake(const struct cpu *cpu, const struct thread *thread)
{
    uint32_t company = cpu->queue.present >> thread->priority;

    return !company || (company == 1 && cpu->slice_end != TIME_NEVER);
}

/* This processor has no current thread. False: it takes schedule_next() to find one; true: it has
 * run on to the thread that was woken last. */
static inline bool schedule_hand_off(struct cpu *cpu)
{
    struct thread *thread = cpu->woken;

    if (__builtin_expect(cpu->queue.present, 0) && !schedule_may_overtake(cpu, thread))
        return false;
    if (thread->process->state != PROCESS_RUNNING)
        return false;
    cpu->woken = NULL;
    schedule_run(cpu, thread);
    return true;
}

/* Chooses what this processor does next, does work that is left over, and prepares the processor
 * for it. Returns the thread, or NULL to idle; the kernel lock is held, and stays held. */
struct thread *schedule_next(void);
