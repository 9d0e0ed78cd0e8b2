/*
 * Checks that it was granted a console and 31 timers, in that order, and ends the system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define N_TIMERS 31

int main(void)
{
    char name[GRANT_NAME_LEN];
    uint32_t n;
    const struct grant *grants = capos_grants(&n);

    check(n == 1 + N_TIMERS, "%u grants, not %u", 1 + N_TIMERS, n);
    check(strcmp(grants[0].name, "console") == 0, "the console first");
    for (uint32_t i = 0; i < N_TIMERS; i++) {
        format_text(name, sizeof(name), "grant-%u", i);
        check(strcmp(grants[1 + i].name, name) == 0, "%s, not %s", name, grants[1 + i].name);
        check(grants[1 + i].interface_id == INTERFACE_TIMER, "%s to be a timer", name);
    }
    console_printf("granted: a console and %u timers", N_TIMERS);
    return 0;
}
