/*
 * Who runs next: per-processor queues, priorities, round robin within one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A thread that becomes ready goes to an idle processor if there is one, else in line where it ran last; it takes that processor at
 * once when its priority is higher. A processor with nothing ready takes from another's queue. Without company a thread has
 * no time slice and no timer. All under the kernel lock.
 */
#pragma once

#include "lib/types.h"

struct cpu;
struct thread;

/* How long a thread runs while others of its priority wait. */
#define SLICE_NS 5000000

/* A thread that was waiting, or is new, wants to run. */
void schedule_ready(struct thread *thread);

/* A thread that was waiting has what it waited for. If this processor has nothing better to do at the end of this stay in the kernel,
 * it goes on with THREAD at once, in what is left of the current thread's slice; else as schedule_ready(). */
void schedule_wake(struct thread *thread);

/* The current thread of this processor goes to the end of its line, if anyone else is in it. */
void schedule_yield(void);

/* The current thread is not running any more: it waits or has ended. */
void schedule_stop_current(void);

/* There is work that an idle processor can do; interrupts one, if there is one. */
void schedule_wake_idle(void);

/* A ready thread will not run any more. */
void schedule_remove(struct thread *thread);

/* This processor has no current thread. False: it takes schedule_next() to find one; true: it has run on to the
 * thread that was woken last. */
bool schedule_hand_off(struct cpu *cpu);

/* Chooses what this processor does next, does work that is left over, and prepares the processor for it. Returns the thread, or
 * NULL to idle; the kernel lock is held, and stays held. */
struct thread *schedule_next(void);
