/*
 * The kernel lock: whoever runs kernel code after boot holds it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/lock.h"

#include "arch/arch.h"

static uint8_t held;
static struct lock_counts counts; /* under the lock itself */

/* Acquire: what the last holder wrote is seen from here on. Waiting only reads, so the holder keeps its cache line. */
void kernel_lock(void)
{
    bool waited = false;

    while (__atomic_exchange_n(&held, 1, __ATOMIC_ACQUIRE)) {
        waited = true;
        while (__atomic_load_n(&held, __ATOMIC_RELAXED))
            arch_relax();
    }
    counts.taken++;
    counts.contended += waited;
}

void kernel_unlock(void)
{
    __atomic_store_n(&held, 0, __ATOMIC_RELEASE);
}

struct lock_counts kernel_lock_counts(void)
{
    return counts;
}
