/*
 * Asks init for the end of the system, and waits for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "interfaces/services.calls.h"

int main(void)
{
    struct outcome outcome = power_off(capos_cap("power"));

    check(outcome_is_done(outcome), "the end, not: %s", outcome_sentence(outcome));
    for (;;)
        syscall_cap_enter(0, 1, RING_NEVER);
}
