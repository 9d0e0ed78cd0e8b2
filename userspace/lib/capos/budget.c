/*
 * Budgets: how much of the kernel a process may use.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/budget.h"

#define LEDGER_WORDS (1 + SYSTEM_LEDGER_RESULTS_WORDS + 2 * BUDGET_WORDS)

void budget_write(struct budget_builder to, const struct budget *budget)
{
    budget_set_frames(to, budget->frames);
    budget_set_objects(to, budget->objects);
    budget_set_calls(to, budget->calls);
    budget_set_timers(to, budget->timers);
    budget_set_caps(to, budget->caps);
}

struct budget budget_read(struct budget_reader from)
{
    return (struct budget){
        .frames = budget_frames(from),
        .objects = budget_objects(from),
        .calls = budget_calls(from),
        .timers = budget_timers(from),
        .caps = budget_caps(from),
    };
}

struct outcome ledger_read(cap_t system, struct budget *used, struct budget *limit)
{
    struct system_ledger_results_reader results;
    struct call call;
    struct outcome outcome;

    system_ledger_open(&call, system);
    outcome = call_make(&call, LEDGER_WORDS * sizeof(uint64_t));
    results = system_ledger_results(&call);
    *used = budget_read(system_ledger_results_used(results));
    *limit = budget_read(system_ledger_results_limit(results));
    return call_end(&call, outcome);
}
