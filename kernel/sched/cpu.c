/*
 * A processor: what it runs, what waits for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/cpu.h"

#include "arch/arch.h"
#include "sched/switch.h"

struct cpu cpus[CPUS_MAX] __attribute__((aligned(64), section(".bss.processors")));

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

void cpus_contention(uint64_t *waits, uint64_t *nanoseconds)
{
    *waits = *nanoseconds = 0;
    for (unsigned id = 0; id < found; id++) {
        *waits += cpus[id].lock_waits;
        *nanoseconds += cpus[id].lock_ns;
    }
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

void cpu_unload_space(struct cpu *cpu)
{
    if (!cpu->space)
        return;
    arch_space_load(NULL);
    __atomic_store_n(&cpu->space, NULL, __ATOMIC_RELEASE);
}

void cpu_let_go(struct cpu *cpu)
{
    switch_save_registers(cpu);
    cpu->registers = NULL;
    cpu_unload_space(cpu);
}

void cpu_forget_registers(struct cpu *cpu, struct thread *thread)
{
    if (cpu->registers == thread)
        cpu->registers = NULL;
    else
        switch_wait_until_saved(thread);
}
