/*
 * The kernel lock: whoever runs kernel code after boot holds it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Taken at the three entries (system call, interrupt, fault) with interrupts off, held until the way out, and
 * nowhere else; there is no other lock, hence no order. Not fair: a lock that hands itself on in order stands still
 * whenever the next in line has no processor, as happens under a hypervisor.
 */
#pragma once

#include "lib/types.h"

extern uint8_t kernel_lock_held; /* for the functions below alone */

/* Waits until the lock is free, and takes it. */
void kernel_lock_contended(void);

/* Acquire: what the last holder wrote is seen from here on. */
static inline void kernel_lock(void)
{
    if (__builtin_expect(__atomic_exchange_n(&kernel_lock_held, 1, __ATOMIC_ACQUIRE), 0))
        kernel_lock_contended();
}

static inline void kernel_unlock(void)
{
    __atomic_store_n(&kernel_lock_held, 0, __ATOMIC_RELEASE);
}
