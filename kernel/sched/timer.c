/*
 * Deadlines: what is to happen at a time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sched/timer.h"

#include "arch/arch.h"
#include "diag/panic.h"
#include "sched/cpu.h"

/* Timers that fire in one go; the rest follow with the next interrupt, which is due at once. */
#define FIRE_MAX 32

static bool before(const struct tree_node *a, const struct tree_node *b)
{
    return TREE_ENTRY(a, struct timer, node)->deadline <
           TREE_ENTRY(b, struct timer, node)->deadline;
}

void timer_set(struct timer *timer, uint64_t deadline, void (*fire)(struct timer *timer))
{
    kernel_assert(!timer->cpu);
    timer->cpu = cpu_self();
    timer->cpu->attention = true;
    timer->deadline = deadline;
    timer->fire = fire;
    tree_insert(&timer->cpu->timers, &timer->node, before);
}

void timer_remove(struct timer *timer)
{
    tree_remove(&timer->cpu->timers, &timer->node);
    timer->cpu = NULL;
}

static struct timer *first_timer(const struct cpu *cpu)
{
    struct tree_node *node = tree_first(&cpu->timers);

    return node ? TREE_ENTRY(node, struct timer, node) : NULL;
}

void timers_run(uint64_t now)
{
    struct cpu *cpu = cpu_self();

    for (unsigned i = 0; i < FIRE_MAX; i++) {
        struct timer *timer = first_timer(cpu);

        if (!timer || timer->deadline > now)
            return;
        timer_stop(timer);
        timer->fire(timer);
    }
}

void timers_arm(struct cpu *cpu)
{
    struct timer *timer = first_timer(cpu);
    uint64_t deadline =
        timer && timer->deadline < cpu->slice_end ? timer->deadline : cpu->slice_end;

    if (deadline == cpu->armed)
        return;
    cpu->armed = deadline;
    if (deadline == TIME_NEVER)
        arch_timer_stop();
    else
        arch_timer_arm(deadline);
}
