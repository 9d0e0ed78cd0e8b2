/*
 * The ways into the kernel and out of it: what arch/ calls.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/entry.h"

#include "abi/err.h"
#include "abi/ring.h"
#include "abi/syscall.h"
#include "arch/arch.h"
#include "log/log.h"
#include "mem/space.h"
#include "object/terminal.h"
#include "process/process.h"
#include "ring/take.h"
#include "sched/cpu.h"
#include "sched/later.h"
#include "sched/lock.h"
#include "sched/schedule.h"
#include "sched/switch.h"
#include "sched/thread.h"
#include "sched/work.h"

HOT uint32_t work_done;

/* Translations are settled from here on: see space_flush(). The lock's acquisition orders the flag
 * before all else. */
static inline struct cpu *enter(void)
{
    struct cpu *cpu = cpu_self();

    __atomic_store_n(&cpu->in_user, false, __ATOMIC_RELEASE);
    kernel_lock();
    return cpu;
}

static bool is_due(const struct thread *thread)
{
    return thread->exiting || thread->process->state != PROCESS_RUNNING;
}

/* A thread ends in the kernel, on the processor that runs it. */
static void end_current_if_due(struct cpu *cpu)
{
    struct thread *thread = cpu->current;

    if (thread && is_due(thread))
        thread_end(thread, thread->exiting ? thread->exit_code : thread->process->code);
}

/* To choose may end processes, the chosen thread's too; but no thread is chosen whose process is
 * ending. */
__attribute__((noinline)) static struct thread *choose(struct cpu *cpu)
{
    struct thread *thread;

    do {
        end_current_if_due(cpu);
        thread = schedule_next();
    } while (thread && is_due(thread));
    return thread;
}

/* Whether there is nothing to choose: the current thread, or the one that it has woken before it
 * waits. */
static inline bool goes_on(struct cpu *cpu)
{
    if (cpu->attention || later_has_work())
        return false;
    if (cpu->woken)
        return !cpu->current && schedule_hand_off(cpu);
    return cpu->current && !is_due(cpu->current);
}

static inline __attribute__((always_inline)) struct thread *leave_at_once(struct cpu *cpu)
{
    struct thread *thread = goes_on(cpu) ? cpu->current : choose(cpu);

    if (!thread) {
        kernel_unlock();
        return NULL;
    }
    switch_settle_space(cpu, thread);
    cpu->in_user = true;
    kernel_unlock();
    if (cpu->registers != thread)
        switch_to(cpu, thread);
    return thread;
}

/* For all but system calls, which want it inline. */
static struct thread *leave(struct cpu *cpu)
{
    return leave_at_once(cpu);
}

static void deadline_passed(struct timer *timer)
{
    schedule_wake(LIST_ENTRY(timer, struct thread, deadline));
}

static void set_deadline(struct thread *thread, uint64_t deadline)
{
    timer_set(&thread->deadline, deadline, deadline_passed);
}

/* It lacks completions. */
static inline void wait(struct cpu *cpu, struct thread *thread, uint32_t min_complete,
                        uint64_t deadline)
{
    if (__builtin_expect(deadline != RING_NEVER, 0)) {
        if (deadline == 0 || deadline <= arch_time_ns())
            return;
        set_deadline(thread, deadline);
    }
    thread->min_complete = min_complete;
    thread->state = THREAD_WAITING;
    schedule_stop_current(cpu);
}

static inline int64_t cap_enter(struct cpu *cpu, struct thread *thread, uint64_t submit,
                                uint64_t min_complete, uint64_t deadline)
{
    struct taken taken;

    if (min_complete > RING_COMPLETIONS)
        return -ERR_BAD_ARGUMENT;
    taken = ring_take(thread, submit);
    if (taken.may_wait && ring_lacks(&thread->ring, (uint32_t)min_complete))
        wait(cpu, thread, (uint32_t)min_complete, deadline);
    return taken.n;
}

/* All but SYSCALL_CAP_ENTER. */
static __attribute__((noinline)) struct thread *other_syscall(struct cpu *cpu, uint64_t first,
                                                              uint64_t number)
{
    struct thread *thread = cpu->current;

    if (thread->process->state == PROCESS_RUNNING) {
        if (number == SYSCALL_EXIT)
            process_end(thread->process, END_EXITED, (uint32_t)first);
        else
            arch_result_set(&thread->arch, (uint64_t) - (int64_t)ERR_BAD_OPCODE);
    }
    return leave(cpu);
}

struct thread *entry_syscall(uint64_t first, uint64_t second, uint64_t third, uint64_t number)
{
    struct cpu *cpu = enter();
    struct thread *thread = cpu->current;

    if (number != SYSCALL_CAP_ENTER || thread->process->state != PROCESS_RUNNING)
        return other_syscall(cpu, first, number);
    arch_result_set(&thread->arch, (uint64_t)cap_enter(cpu, thread, first, second, third));
    return leave_at_once(cpu);
}

static void report(const struct thread *thread, const struct fault *fault)
{
    if (fault->what)
        log_line("fault", "process %lu (%s): %s: %s 0x%lx, %s, at instruction 0x%lx",
                 thread->process->id, thread->process->name, fault->name, fault->what,
                 fault->address, fault->why, fault->instruction);
    else
        log_line("fault", "process %lu (%s): %s at instruction 0x%lx", thread->process->id,
                 thread->process->name, fault->name, fault->instruction);
}

struct thread *entry_fault(const struct fault *fault)
{
    struct cpu *cpu = enter();
    struct process *process = cpu->current->process;

    if (process->state == PROCESS_RUNNING) {
        report(cpu->current, fault);
        process_end(process, END_FAULTED, fault->vector);
    }
    return leave(cpu);
}

struct thread *entry_timer(void)
{
    struct cpu *cpu = enter();
    uint64_t now = arch_time_ns();

    cpu->armed = TIME_NEVER;
    cpu->attention = true;
    timers_run(now);
    if (now >= cpu->slice_end)
        cpu->reschedule = cpu->attention = true;
    return leave(cpu);
}

struct thread *entry_interrupted(void)
{
    struct cpu *cpu = enter();

    cpu->reschedule = cpu->attention = true;
    return leave(cpu);
}

struct thread *entry_terminal(void)
{
    struct cpu *cpu = enter();

    terminal_input();
    return leave(cpu);
}

struct thread *entry_nothing(void)
{
    return leave(enter());
}

struct thread *entry_first(void)
{
    return leave(enter());
}
