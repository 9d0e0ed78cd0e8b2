/*
 * Who runs next: per-processor queues, priorities, round robin within one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/schedule.h"

#include "arch/arch.h"
#include "diag/panic.h"
#include "mem/space.h"
#include "process/process.h"
#include "sched/cpu.h"
#include "sched/later.h"
#include "sched/lock.h"
#include "sched/thread.h"

/* While there is work left for later, steps of it are taken at least this often. */
#define LATER_SLICE_NS 1000000

static void enqueue(struct cpu *cpu, struct thread *thread)
{
    thread->cpu = cpu;
    thread->state = THREAD_READY;
    list_insert(&cpu->queue.ready[thread->priority], &thread->in_queue);
    cpu->queue.present |= 1u << thread->priority;
    cpu->queue.n++;
    cpu->attention = true;
}

static void dequeue(struct thread *thread)
{
    struct run_queue *queue = &thread->cpu->queue;

    list_remove(&thread->in_queue);
    queue->n--;
    if (list_empty(&queue->ready[thread->priority]))
        queue->present &= ~(1u << thread->priority);
}

/* The highest priority in line; -1 when nobody is. */
static int highest(const struct cpu *cpu)
{
    return cpu->queue.present ? 31 - __builtin_clz(cpu->queue.present) : -1;
}

static struct thread *first_of(struct cpu *cpu, int priority)
{
    return LIST_ENTRY(cpu->queue.ready[priority].next, struct thread, in_queue);
}

static bool is_idle(const struct cpu *cpu)
{
    return cpu->online && !cpu->current && !cpu->woken && !cpu->queue.n;
}

static struct cpu *find_idle(void)
{
    for (unsigned id = 0; id < cpus_found(); id++) {
        if (is_idle(cpu_at(id)))
            return cpu_at(id);
    }
    return NULL;
}

static struct cpu *choose_cpu(struct thread *thread)
{
    struct cpu *idle = is_idle(thread->cpu) ? thread->cpu : find_idle();

    return idle ? idle : thread->cpu;
}

void schedule_wake_idle(void)
{
    struct cpu *cpu = find_idle();

    if (cpu && cpu != cpu_self())
        arch_cpu_interrupt(cpu);
}

/* Tells CPU that its line has changed, when that matters before its next entry by itself. */
static void notify(struct cpu *cpu, const struct thread *thread)
{
    bool preempts = !cpu->current || thread->priority > cpu->current->priority;

    if (preempts)
        cpu->reschedule = cpu->attention = true;
    if (cpu == cpu_self())
        return;
    if (preempts || cpu->slice_end == TIME_NEVER)
        arch_cpu_interrupt(cpu);
}

void schedule_ready(struct thread *thread)
{
    struct cpu *cpu = choose_cpu(thread);

    enqueue(cpu, thread);
    notify(cpu, thread);
}

void schedule_wake_another(struct cpu *cpu, struct thread *thread)
{
    struct thread *other = cpu->woken;

    if (other->priority > thread->priority) {
        schedule_ready(thread);
    } else {
        cpu->woken = thread;
        schedule_ready(other);
    }
}

void schedule_yield(void)
{
    struct cpu *cpu = cpu_self();

    cpu->reschedule = cpu->attention = true;
    if (cpu->current)
        cpu->slice_end = 0;
}

void schedule_remove(struct thread *thread)
{
    struct cpu *cpu = cpu_self();

    if (cpu->woken == thread)
        cpu->woken = NULL;
    else
        dequeue(thread);
}

/* The fullest line of another processor. */
static struct cpu *busiest(void)
{
    struct cpu *best = NULL;

    for (unsigned id = 0; id < cpus_found(); id++) {
        struct cpu *cpu = cpu_at(id);

        if (cpu->queue.n && (!best || cpu->queue.n > best->queue.n))
            best = cpu;
    }
    return best;
}

/* Whether the first in line runs instead of the current thread. */
static bool preempted(const struct cpu *cpu, uint64_t now)
{
    int first = highest(cpu);

    if (first < 0)
        return false;
    return first > (int)cpu->current->priority ||
           (first == (int)cpu->current->priority && now >= cpu->slice_end);
}

static struct thread *take(struct cpu *from)
{
    struct thread *thread = first_of(from, highest(from));

    dequeue(thread);
    return thread;
}

/* The woken thread runs here, or waits in line. */
static void place_woken(struct cpu *cpu)
{
    struct thread *thread = cpu->woken;

    cpu->woken = NULL;
    if (!cpu->current && highest(cpu) <= (int)thread->priority &&
        thread->process->state == PROCESS_RUNNING)
        schedule_run(cpu, thread);
    else
        schedule_ready(thread);
}

static void put_back_current(struct cpu *cpu)
{
    struct thread *thread = cpu->current;

    schedule_stop_current(cpu);
    enqueue(cpu, thread);
}

/* Threads of ended processes are passed over, each once: the reaper finds them waiting. */
static struct thread *next_thread(struct cpu *cpu)
{
    struct cpu *from;

    while ((from = cpu->queue.n ? cpu : busiest())) {
        struct thread *thread = take(from);

        if (thread->process->state == PROCESS_RUNNING)
            return thread;
        thread->state = THREAD_WAITING;
    }
    return NULL;
}

/* A lone thread has no slice; one that has company keeps the slice it has begun. */
static void set_slice(struct cpu *cpu)
{
    bool company = highest(cpu) >= (int)cpu->current->priority;

    if (!company && !later_has_work())
        cpu->slice_end = TIME_NEVER;
    else if (cpu->slice_end == TIME_NEVER)
        cpu->slice_end = arch_time_ns() + (company ? SLICE_NS : LATER_SLICE_NS);
}

static void choose(struct cpu *cpu)
{
    if (cpu->woken)
        place_woken(cpu);
    if (cpu->current && cpu->reschedule) {
        uint64_t now = arch_time_ns();

        if (preempted(cpu, now))
            put_back_current(cpu);
        else if (now >= cpu->slice_end)
            cpu->slice_end = TIME_NEVER; /* used up, and nobody wanted the processor: another one */
    }
    cpu->reschedule = false;
    if (!cpu->current) {
        struct thread *thread = next_thread(cpu);

        cpu->slice_end = TIME_NEVER;
        if (thread)
            schedule_run(cpu, thread);
    }
}

/* The one processor that does work left for later because it has nothing else to do; more of them
 * would only fight for the kernel lock with those who must let go of something first. */
static struct cpu *sweeper;

/* Another processor has let go of something while that one swept. */
static bool sweep_anew;

/* Interrupts and other processors come in between; an interrupt does not return here. What waits
 * for other processors is theirs to go on with, when they have let go of it; but only the whole
 * line shows that all of it does, and only if nobody has let go of anything since its first step. */
static void sweep(struct cpu *cpu)
{
    uint32_t stuck = 0;

    sweeper = cpu;
    while (!cpu->current && stuck < later_count) {
        sweep_anew = false;
        stuck = later_step() ? 0 : stuck + LATER_STEPS;
        choose(cpu);
        if (cpu->current)
            break;
        timers_arm(cpu);
        kernel_unlock();
        arch_poll_interrupts();
        kernel_lock();
        if (sweep_anew)
            stuck = 0;
        choose(cpu);
    }
    sweeper = NULL;
}

/* Keeps no thread waiting, and no address space from its end. */
static void idle(struct cpu *cpu)
{
    cpu_let_go(cpu);
    if (!later_has_work())
        return;
    if (sweeper)
        sweep_anew = true;
    else
        sweep(cpu);
}

struct thread *schedule_next(void)
{
    struct cpu *cpu = cpu_self();

    cpu->attention = false;
    if (sweeper == cpu)
        sweeper = NULL;
    if (later_has_work())
        later_step();
    choose(cpu);
    if (!cpu->current)
        idle(cpu);
    if (cpu->current)
        set_slice(cpu);
    timers_arm(cpu);
    return cpu->current;
}
