/*
 * Whether a service is started again, and when.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "restart.h"

#define OR(value, usual) ((value) ? (value) : (usual))

struct restart_rule restart_rule_of(struct manifest_restart_reader from)
{
    return (struct restart_rule){
        .policy = manifest_restart_policy(from),
        .limit = OR(manifest_restart_limit(from), RESTART_LIMIT),
        .back_off = OR(manifest_restart_back_off(from), RESTART_BACK_OFF),
        .settled = OR(manifest_restart_settled(from), RESTART_SETTLED),
    };
}

/* BACK_OFF doubled TIMES times, up to the longest. */
static uint64_t doubled(uint64_t back_off, uint32_t times)
{
    if (times >= 64 || back_off > RESTART_BACK_OFF_MAX >> times)
        return RESTART_BACK_OFF_MAX;
    return back_off << times;
}

enum restart_verdict restart_decide(const struct restart_rule *rule, bool failed, uint64_t ran,
                                    uint32_t *row, uint64_t *delay)
{
    if (rule->policy == MANIFEST_RESTART_POLICY_NEVER ||
        (rule->policy == MANIFEST_RESTART_POLICY_ON_FAILURE && !failed))
        return RESTART_ENDED;
    if (ran >= rule->settled)
        *row = 0;
    if (*row >= rule->limit)
        return RESTART_GIVEN_UP;
    *delay = doubled(rule->back_off, *row);
    ++*row;
    return RESTART_AGAIN;
}
