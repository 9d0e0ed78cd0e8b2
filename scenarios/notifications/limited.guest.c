/*
 * Notifications and waits on a small budget.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The budget, which init.guest.c sets: 4 objects, of which the thread and the first mapping are
 * some; 4 calls; 1 timer.
 */
#include "bell.h"

#define CALLS 4

int main(void)
{
    struct bell bells[8];
    unsigned n = 0;
    struct outcome outcome;

    do
        outcome = notifications_create(capos_cap("notifications"), &bells[n].notification,
                                       &bells[n].signaller);
    while (outcome_is_done(outcome) && ++n < 8);
    check(n > 0, "a notification");
    attempt("a notification without means for one more object", outcome, ERR_NO_OBJECTS);
    wait_submit(1, bells[0], 1, clock_now() + FAR);
    attempt("a wait without means for one more deadline",
            notification_wait(bells[0].notification, 2, clock_now() + FAR, NULL), ERR_NO_TIMERS);
    for (uint64_t id = 2; id <= CALLS; id++)
        wait_submit(id, bells[0], 1, 0);
    attempt("a wait without means for one more operation",
            notification_wait(bells[0].notification, 2, RING_NEVER, NULL), ERR_NO_CALLS);
    ring_bell(bells[0], 2);
    attempt("a wait for what is set already, which needs none",
            notification_wait(bells[0].notification, 2, RING_NEVER, NULL), ERR_OK);
    check(ring_held(ring_mine()) == 0, "nothing to have ended by itself");
    return 0;
}
