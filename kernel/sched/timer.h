/*
 * Deadlines: what is to happen at a time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A timer belongs to the processor on which it was set, until it fires or is stopped by any. Owned
 * by whoever embeds it; under the kernel lock.
 */
#pragma once

#include "lib/tree.h"
#include "lib/types.h"

struct cpu;

struct timer {
    struct tree_node node;
    uint64_t deadline; /* nanoseconds since boot */
    struct cpu *cpu;   /* NULL: not set */
    void (*fire)(struct timer *timer);
};

/* Fires once at DEADLINE, or at the next occasion when that has passed. Must not be set. */
void timer_set(struct timer *timer, uint64_t deadline, void (*fire)(struct timer *timer));

/* Stops it; it is set. */
void timer_remove(struct timer *timer);

/* Stops it, if it is set. */
static inline void timer_stop(struct timer *timer)
{
    if (__builtin_expect(timer->cpu != NULL, 0))
        timer_remove(timer);
}

/* Fires what is due on this processor, a bounded number. */
void timers_run(uint64_t now);

/* Sets the hardware for the first of this processor's deadlines and the end of its thread's
 * slice. */
void timers_arm(struct cpu *cpu);
