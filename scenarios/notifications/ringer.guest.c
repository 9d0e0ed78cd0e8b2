/*
 * The other side of beside.guest.c: calls, signals, calls, and answers signals.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "beside.h"

#include "bell.h"

static void call(void)
{
    check(outcome_is_done(capos_call(capos_cap("service"), INTERFACE_BESIDE, 0, NULL, 0, NULL, 0)),
          "an answer");
}

int main(void)
{
    struct bell here = {.notification = capos_cap("notification")},
                there = {.signaller = capos_cap("signaller")};

    call();
    ring_bell(there, BIT_BETWEEN);
    call();
    for (unsigned i = 0; i < EXCHANGES; i++) {
        uint64_t bits;

        check(outcome_is_done(notification_wait(here.notification, 1, RING_NEVER, &bits)), "a bit");
        ring_bell(there, 1);
    }
    return 0;
}
