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

void kernel_lock(void);
void kernel_unlock(void);

/* How often the lock was taken, and how often it was held by another processor at that moment. */
struct lock_counts {
    uint64_t taken, contended;
};
struct lock_counts kernel_lock_counts(void);
