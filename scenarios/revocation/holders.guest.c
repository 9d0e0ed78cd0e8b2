/*
 * Lends a timer to three processes with 200 copies each, holds 400 itself, and revokes them by one
 * call.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "holders.h"

static cap_t copies[N_OWN];

static const struct budget budget_holder = {
    .frames = 256, .objects = 64, .calls = 8, .timers = 4, .caps = 300};

static void check_all(err_t expected)
{
    uint64_t now;

    for (unsigned i = 0; i < N_OWN; i++)
        check(timer_now(copies[i], &now).code == expected, "copy %u", i);
}

int main(void)
{
    struct program_endpoint desk = program_endpoint_open(INTERFACE_DESK);
    struct lease lease = lease_take(capos_cap("timer"));
    const struct process_grant more[] = {{"lent", lease.derived}, {"desk", desk.client}};
    struct words_call ready[N_HOLDERS];
    cap_t holders[N_HOLDERS];
    uint64_t now;

    copy_many(lease.derived, copies, N_OWN);
    check_all(ERR_OK);
    for (unsigned i = 0; i < N_HOLDERS; i++)
        holders[i] = program_start("holder", NULL, 0, budget_holder, more, 2);
    for (unsigned i = 0; i < N_HOLDERS; i++)
        check(outcome_is_done(capos_recv(desk.server, RING_NEVER, &ready[i])), "a holder");
    attempt("revoking what a thousand hold", revoker_revoke(lease.revoker), ERR_OK);
    check_all(ERR_REVOKED);
    for (unsigned i = 0; i < N_HOLDERS; i++)
        check(outcome_is_done(capos_answer(ready[i].head.reply, NULL, 0)), "an answer");
    for (unsigned i = 0; i < N_HOLDERS; i++)
        program_succeed("a holder", holders[i]);
    attempt("asking the timer itself", timer_now(capos_cap("timer"), &now), ERR_OK);
    for (unsigned i = 0; i < N_OWN; i++)
        check(outcome_is_done(cap_release(copies[i])), "one to release");
    lease_drop(lease);
    program_endpoint_close(desk);
    return 0;
}
