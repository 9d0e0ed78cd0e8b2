/*
 * A processor: what it runs, what waits for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/cpu.h"

#include "arch/arch.h"
#include "process/process.h"
#include "sched/thread.h"

struct cpu cpus[CPUS_MAX] __attribute__((aligned(64)));

static unsigned found = 1;

unsigned cpus_found(void)
{
    return found;
}

unsigned cpus_online(void)
{
    unsigned n = 0;

    for (unsigned id = 0; id < found; id++)
        n += __atomic_load_n(&cpus[id].online, __ATOMIC_ACQUIRE);
    return n;
}

void cpus_init(unsigned n)
{
    found = n;
    for (unsigned id = 0; id < n; id++) {
        struct cpu *cpu = &cpus[id];

        cpu->id = id;
        cpu->armed = TIME_NEVER;
        cpu->slice_end = TIME_NEVER;
        for (unsigned priority = 0; priority < PRIORITIES; priority++)
            list_init(&cpu->queue.ready[priority]);
    }
}

/* The last processor to leave a space must be seen to have left only when its tables are not used any more. */
static void load_space(struct cpu *cpu, struct space *space)
{
    struct space *old = cpu->space;

    cpu->space = space;
    arch_space_load(space);
    if (old)
        __atomic_fetch_and(&old->residents, ~(1ull << cpu->id), __ATOMIC_RELEASE);
}

static void save_registers(struct cpu *cpu)
{
    struct thread *thread = cpu->registers;

    cpu->registers = NULL;
    if (!thread)
        return;
    arch_thread_save(thread);
    /* Release: the registers before the mark. */
    __atomic_store_n(&thread->unsaved, false, __ATOMIC_RELEASE);
}

void cpu_unload_space(struct cpu *cpu)
{
    if (cpu->space)
        load_space(cpu, NULL);
}

void cpu_let_go(struct cpu *cpu)
{
    save_registers(cpu);
    cpu_unload_space(cpu);
}

/* The processor that saves them has no lock to wait for. */
static void wait_until_saved(const struct thread *thread)
{
    while (__atomic_load_n(&thread->unsaved, __ATOMIC_ACQUIRE))
        arch_relax();
}

void cpu_forget_registers(struct cpu *cpu, struct thread *thread)
{
    if (cpu->registers == thread)
        cpu->registers = NULL;
    else
        wait_until_saved(thread);
}

void cpu_settle_space(struct cpu *cpu)
{
    struct space *space = &cpu->current->process->space;

    if (cpu->space != space)
        __atomic_fetch_or(&space->residents, 1ull << cpu->id, __ATOMIC_RELAXED);
    else if (cpu->space_generation != space->generation)
        arch_space_flush();
    cpu->space_generation = space->generation;
}

/* Saves first and waits then, so that no two processors wait for each other. */
void cpu_change_over(struct cpu *cpu)
{
    struct thread *thread = cpu->current;
    struct space *space = &thread->process->space;

    save_registers(cpu);
    if (cpu->space != space)
        load_space(cpu, space);
    wait_until_saved(thread);
    thread->unsaved = true;
    cpu->registers = thread;
    arch_thread_load(thread);
}
