/*
 * Ends its own session ("control") while its calls wait; it cannot print any more then, so its exit
 * code tells.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sides.h"

static bool is_stale(struct outcome outcome)
{
    return outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_STALE_SESSION &&
           outcome.code == ERR_STALE_SESSION;
}

/* The first call is served, the second held; nothing of the answer arrives. */
int main(void)
{
    struct words_call in;
    struct sides sides;

    sides_make(&sides);
    sides_begin(&sides);
    sides_receive(&sides, 1);
    check(outcome_is_done(session_control_end(capos_cap("control"))), "the session's end");
    if (!outcome_is_done(sides_answer(&sides, sides.client)))
        return 2;
    if (!is_stale(finish(&sides.first)))
        return 3;
    if (!is_stale(finish(&sides.second)) || !is_stale(finish(&sides.third)))
        return 4;
    if (capos_recv(sides.server, clock_now() + 1000000, &in).code != ERR_TIMED_OUT)
        return 5;
    return 0;
}
