/*
 * Work that is too long for one stay in the kernel, and goes on in bounded steps.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Whoever has such work embeds a struct later and puts it in line; it stays there until its step
 * says that it is done. schedule_next() takes steps each time, so this work and programs share the
 * processors, and idle ones do nothing else. Under the kernel lock.
 */
#pragma once

#include "lib/list.h"
#include "lib/types.h"

enum progress {
    PROGRESS_DONE,  /* nothing is left: out of line, and what was worked on may be gone */
    PROGRESS_MORE,  /* did something, and there is more */
    PROGRESS_STUCK, /* what is left waits for another processor */
};

struct later {
    struct list in_line;
    enum progress (*step)(struct later *later); /* a bounded part of the work */
};

/* How many are in line. */
extern uint32_t later_count;

static inline bool later_has_work(void)
{
    return later_count != 0;
}

void later_init(struct later *later, enum progress (*step)(struct later *later));

static inline bool later_is_added(const struct later *later)
{
    return !list_empty(&later->in_line);
}

/* Puts it in line, unless it is there; an idle processor, if there is one, has the time for it. */
void later_add(struct later *later);

/* Takes it out of line, if it is there. */
void later_remove(struct later *later);

/* Steps that are taken at a time, at most. */
#define LATER_STEPS 8

/* Takes that many; false when each has met something that is stuck. Others may be behind them in
 * line, for which those wait. */
bool later_step(void);
