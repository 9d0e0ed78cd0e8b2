/*
 * A processor: what it runs, what waits for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/cpu.h"

#include "arch/arch.h"
#include "mem/space.h"

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

void cpu_load_space(struct cpu *cpu, struct space *space)
{
    if (cpu->space)
        cpu->space->residents &= ~(1ull << cpu->id);
    cpu->space = space;
    if (space) {
        space->residents |= 1ull << cpu->id;
        cpu->space_generation = space->generation;
    }
    arch_space_load(space);
}
