/*
 * Has work done by a service that crashes now and then, and is given up in the end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "scenarios/restart/work.calls.h"

static void work(const char *when)
{
    uint32_t number;
    uint64_t client;

    attempt(when, work_twice(capos_cap("work"), 21, &number, &client), ERR_OK);
    console_printf("the answer: %u, to client %lu", number, client);
    check(number == 42, "42");
}

static void crash(const char *when)
{
    attempt(when, work_crash(capos_cap("work")), ERR_DISCONNECTED);
}

int main(void)
{
    check(outcome_is_done(turns_take(capos_cap("turns"))), "a turn");
    work("a call");
    crash("a call that the service crashes in");
    work("the next call, which waits for the next instance");
    crash("a second crash");
    work("the next call");
    crash("a third crash");
    attempt("a call when the service has been given up",
            work_twice(capos_cap("work"), 21, NULL, NULL), ERR_DISCONNECTED);
    return 0;
}
