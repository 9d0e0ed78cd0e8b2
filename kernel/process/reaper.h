/*
 * Clears ended processes away, in bounded steps.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A process in the reaper ends its threads, then gives up its capabilities, then its memory, then its ledger; then it
 * has ended, and those who wait for it are told. schedule_next() takes a step each time, so work and clearing
 * share the processors, and idle ones do nothing else. Under the kernel lock.
 */
#pragma once

#include "lib/list.h"
#include "lib/types.h"

struct process;

/* PROCESS is ending. */
void reaper_add(struct process *process);

/* Ended processes that something is left of. */
extern struct list reaper_queue;

static inline bool reaper_has_work(void)
{
    return !list_empty(&reaper_queue);
}

/* Does a bounded part of the work; false when all that is left waits for other processors. */
bool reaper_step(void);
