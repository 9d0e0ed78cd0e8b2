/*
 * How a processor changes over from one thread to another, inline (see sched/cpu.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "arch/arch.h"
#include "arch_inline.h"
#include "process/process.h"
#include "sched/cpu.h"
#include "sched/thread.h"

static inline void switch_save_registers(struct cpu *cpu)
{
    struct thread *thread = cpu->registers;

    if (!thread)
        return;
    arch_registers_save(&thread->arch);
    /* Release: the registers before the mark. */
    __atomic_store_n(&thread->unsaved, false, __ATOMIC_RELEASE);
}

/* The processor that saves them has no lock to wait for. */
static inline void switch_wait_until_saved(const struct thread *thread)
{
    while (__atomic_load_n(&thread->unsaved, __ATOMIC_ACQUIRE))
        arch_relax();
}

/* The last processor to leave a space must be seen to have left only when its tables are not used any more. */
static inline void switch_leave_space(struct cpu *cpu, struct space *space)
{
    __atomic_fetch_and(&space->residents, ~(1ull << cpu->id), __ATOMIC_RELEASE);
}

/* CPU, which is this one, will run THREAD in user mode. Before the lock is released: no translation that was taken away is used
 * from here on, see space_flush(). */
static inline void switch_settle_space(struct cpu *cpu, struct thread *thread)
{
    struct space *space = &thread->process->space;

    if (cpu->space != space)
        __atomic_fetch_or(&space->residents, 1ull << cpu->id, __ATOMIC_RELAXED);
    else if (cpu->space_generation != space->generation)
        arch_space_flush();
    cpu->space_generation = space->generation;
}

/* After that: changes over to THREAD. Saves first and waits then, so that no two processors wait for each other. */
static inline void switch_to(struct cpu *cpu, struct thread *thread)
{
    struct space *old = cpu->space, *space = &thread->process->space;

    switch_save_registers(cpu);
    if (old != space) {
        cpu->space = space;
        arch_tables_load(&space->arch);
        if (old)
            switch_leave_space(cpu, old);
    }
    switch_wait_until_saved(thread);
    thread->unsaved = true;
    cpu->registers = thread;
    arch_registers_load(&cpu->arch, &thread->arch);
}
