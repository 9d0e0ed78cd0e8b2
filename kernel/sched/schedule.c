/*
 * Who runs next: per-processor queues, priorities, round robin within one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/schedule.h"

#include "arch/arch.h"
#include "diag/panic.h"
#include "mem/space.h"
#include "process/process.h"
#include "process/reaper.h"
#include "sched/cpu.h"
#include "sched/lock.h"
#include "sched/thread.h"

/* While ended processes are being cleared away, others are looked after at least this often. */
#define REAP_SLICE_NS 1000000

static void enqueue(struct cpu *cpu, struct thread *thread)
{
    thread->cpu = cpu;
    thread->state = THREAD_READY;
    list_insert(&cpu->queue.ready[thread->priority], &thread->in_queue);
    cpu->queue.present |= 1u << thread->priority;
    cpu->queue.n++;
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
    return cpu->online && !cpu->current && !cpu->queue.n;
}

static struct cpu *choose_cpu(struct thread *thread)
{
    if (is_idle(thread->cpu))
        return thread->cpu;
    for (unsigned id = 0; id < cpus_found(); id++) {
        if (is_idle(cpu_at(id)))
            return cpu_at(id);
    }
    return thread->cpu;
}

/* Tells CPU that its line has changed, when that matters before its next entry by itself. */
static void notify(struct cpu *cpu, const struct thread *thread)
{
    bool preempts = !cpu->current || thread->priority > cpu->current->priority;

    if (preempts)
        cpu->reschedule = true;
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

void schedule_yield(void)
{
    cpu_self()->reschedule = true;
    if (cpu_self()->current)
        cpu_self()->slice_end = 0;
}

void schedule_stop_current(void)
{
    struct cpu *cpu = cpu_self();

    arch_thread_save(cpu->current);
    cpu->current = NULL;
}

void schedule_remove(struct thread *thread)
{
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

static void run(struct cpu *cpu, struct thread *thread)
{
    struct space *space = &thread->process->space;

    cpu->current = thread;
    thread->cpu = cpu;
    thread->state = THREAD_RUNNING;
    cpu->slice_end = TIME_NEVER;
    if (cpu->space != space)
        cpu_load_space(cpu, space);
    arch_thread_load(thread);
}

static void put_back_current(struct cpu *cpu)
{
    struct thread *thread = cpu->current;

    schedule_stop_current();
    enqueue(cpu, thread);
}

static struct thread *next_thread(struct cpu *cpu)
{
    struct cpu *from = cpu->queue.n ? cpu : busiest();

    return from ? take(from) : NULL;
}

/* A lone thread has no slice; one that has company keeps the slice it has begun. */
static void set_slice(struct cpu *cpu)
{
    bool company = highest(cpu) >= (int)cpu->current->priority;

    if (!company && !reaper_has_work())
        cpu->slice_end = TIME_NEVER;
    else if (cpu->slice_end == TIME_NEVER)
        cpu->slice_end = arch_time_ns() + (company ? SLICE_NS : REAP_SLICE_NS);
}

static void choose(struct cpu *cpu)
{
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

        if (thread)
            run(cpu, thread);
    }
}

/* Nothing to run: clear ended processes away, but let interrupts and other processors in between. */
static void work_idly(struct cpu *cpu)
{
    while (!cpu->current && reaper_has_work()) {
        kernel_unlock();
        arch_poll_interrupts();
        kernel_lock();
        reaper_step();
        choose(cpu);
    }
}

struct thread *schedule_next(void)
{
    struct cpu *cpu = cpu_self();

    if (reaper_has_work())
        reaper_step();
    choose(cpu);
    if (!cpu->current)
        work_idly(cpu);
    if (cpu->current) {
        set_slice(cpu);
    } else {
        cpu->slice_end = TIME_NEVER;
        if (cpu->space)
            cpu_load_space(cpu, NULL);
    }
    timers_arm(cpu);
    return cpu->current;
}
