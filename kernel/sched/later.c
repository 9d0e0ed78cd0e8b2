/*
 * Work that is too long for one stay in the kernel, and goes on in bounded steps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/later.h"

#include "sched/schedule.h"

HOT uint32_t later_count;

static struct list line = LIST_HEAD(line);

void later_init(struct later *later, enum progress (*step)(struct later *later))
{
    list_init(&later->in_line);
    later->step = step;
}

void later_add(struct later *later)
{
    if (later_is_added(later))
        return;
    list_insert(&line, &later->in_line);
    later_count++;
    schedule_wake_idle();
}

void later_remove(struct later *later)
{
    if (!later_is_added(later))
        return;
    list_remove(&later->in_line);
    later_count--;
}

/* What is stuck lets the others go first. */
bool later_step(void)
{
    bool progress = false;

    for (unsigned i = 0; i < LATER_STEPS && later_has_work(); i++) {
        struct later *later = LIST_ENTRY(line.next, struct later, in_line);

        if (later->step(later) != PROGRESS_STUCK) {
            progress = true;
        } else {
            list_remove(&later->in_line);
            list_insert(&line, &later->in_line);
        }
    }
    return progress;
}
