/*
 * The kernel lock: whoever runs kernel code after boot holds it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/lock.h"

#include "arch/arch.h"
#include "sched/cpu.h"

HOT uint8_t kernel_lock_held __attribute__((aligned(64))); /* a cache line of its own */

/* Waiting only reads, so the holder keeps its cache line. The counts are under the lock. */
void kernel_lock_contended(void)
{
    uint64_t from = arch_time_ns();
    struct cpu *cpu = cpu_self();

    do {
        while (__atomic_load_n(&kernel_lock_held, __ATOMIC_RELAXED))
            arch_relax();
    } while (__atomic_exchange_n(&kernel_lock_held, 1, __ATOMIC_ACQUIRE));
    cpu->lock_waits++;
    cpu->lock_ns += arch_time_ns() - from;
}
