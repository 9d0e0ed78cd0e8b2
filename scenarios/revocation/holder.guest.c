/*
 * Holds many copies of a timer, and derives from some; tries them all when its parent has revoked
 * it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grants: "lent" (the timer), "desk".
 */
#include "holders.h"

#define N_DERIVED 20

static cap_t copies[N_EACH + N_DERIVED];

static void check_all(err_t expected)
{
    uint64_t now;

    for (unsigned i = 0; i < N_EACH + N_DERIVED; i++)
        check(timer_now(copies[i], &now).code == expected, "copy %u", i);
}

int main(void)
{
    copy_many(capos_cap("lent"), copies, N_EACH);
    for (unsigned i = 0; i < N_DERIVED; i++) {
        struct lease lease = lease_take(copies[i]);

        copies[N_EACH + i] = lease.derived;
        check(outcome_is_done(cap_release(lease.revoker)), "its revoker to release");
    }
    check_all(ERR_OK);
    check(outcome_is_done(capos_call(capos_cap("desk"), INTERFACE_DESK, 0, NULL, 0, NULL, 0)),
          "the parent's answer");
    check_all(ERR_REVOKED);
    console_printf("%u copies and %u derived from them: all were good, all are revoked", N_EACH,
                   N_DERIVED);
    return 0;
}
