/*
 * Asks init for the end of the system, twice at once, and waits for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "interfaces/services.calls.h"

/* The first call is answered. The second one comes to init when it serves nobody any more. */
int main(void)
{
    static struct call calls[2];
    struct outcome outcome;

    for (uint32_t i = 0; i < 2; i++) {
        power_off_open(&calls[i], capos_cap("power"));
        check(!call_submit(&calls[i], 0, i + 1), "a call");
    }
    outcome = call_wait(&calls[0]);
    check(outcome_is_done(outcome), "the end, not: %s", outcome_sentence(outcome));
    for (;;)
        syscall_cap_enter(0, 1, RING_NEVER);
}
