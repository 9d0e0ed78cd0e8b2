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

/* CPU, which is this one, will run THREAD in user mode. Before the lock is released: no translation
 * that was taken away is used from here on, see space_flush(). */
static inline void switch_settle_space(struct cpu *cpu, struct thread *thread)
{
    const struct space *space = &thread->process->space;

    if (cpu->space == space && cpu->space_generation != space->generation)
        arch_space_flush();
    cpu->space_generation = space->generation;
}

/* After that: changes over to THREAD. Saves first and waits then, so that no two processors wait
 * for each other. */
static inline void switch_to(struct cpu *cpu, struct thread *thread)
{
    struct space *space = &thread->process->space;

    switch_save_registers(cpu);
    if (cpu->space != space) {
        arch_tables_load(&space->arch);
        /* Release: who sees that the processor has left the old space can take its tables away. */
        __atomic_store_n(&cpu->space, space, __ATOMIC_RELEASE);
    }
    switch_wait_until_saved(thread);
    thread->unsaved = true;
    cpu->registers = thread;
    arch_registers_load(&cpu->arch, &thread->arch);
}
