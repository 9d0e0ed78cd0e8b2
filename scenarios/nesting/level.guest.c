/*
 * One level: starts the next one and waits for it; the one that cannot tells init.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/start.h"
#include "nesting.h"

int main(void)
{
    size_t len;
    uint64_t level = *(const uint64_t *)capos_arguments(&len), next = level + 1;
    struct process_grant grants[PROCESS_GRANTS_MAX];
    struct process_request request = {
        .image = "level",
        .arguments = &next,
        .arguments_len = sizeof(next),
        .grants = grants,
        .budget = budget_of(next),
    };
    const struct grant *own = capos_grants(&request.n_grants);
    struct outcome outcome;
    cap_t process;

    for (uint32_t i = 0; i < request.n_grants; i++)
        grants[i] = (struct process_grant){own[i].name, own[i].cap};
    outcome = process_spawn(capos_cap("processes"), &request, &process);
    if (outcome_is_done(outcome)) {
        program_finish(process);
    } else {
        const uint64_t words[] = {level, outcome.code};

        capos_call(capos_cap("levels"), INTERFACE_LEVELS, LEVELS_DEEPEST, words, 2, NULL, 0);
    }
    return 0;
}
