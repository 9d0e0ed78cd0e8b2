/*
 * What is done while allocations fail, in steps.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

const struct step *const steps[] = {
    &step_anonymous_memory, &step_memory_objects, &step_threads,  &step_endpoints,
    &step_call_waits,       &step_receiver_waits, &step_moves,    &step_answers_move,
    &step_promises,         &step_forwarders,     &step_waits,    &step_notifications,
    &step_processes,        &step_server,         &step_sessions,
};
const uint32_t n_steps = sizeof(steps) / sizeof(steps[0]);

bool fine(struct outcome outcome)
{
    check(outcome.code == ERR_OK || outcome.code == ERR_NO_MEMORY, "%s instead of: %s",
          outcome_sentence(outcome), err_sentence(ERR_NO_MEMORY));
    return outcome_is_done(outcome);
}

bool answered(struct outcome outcome)
{
    return outcome.code != ERR_DISCONNECTED && fine(outcome);
}

void give_up(cap_t *cap)
{
    if (*cap != CAP_NONE)
        surely(cap_release(*cap));
    *cap = CAP_NONE;
}
