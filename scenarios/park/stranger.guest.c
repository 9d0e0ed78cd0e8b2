/*
 * Wakes, and waits, at an address at which another process waits: its argument.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    size_t len;
    uint32_t *const *address = capos_arguments(&len);
    uint64_t woken;

    check(len == sizeof(*address), "an address");
    check(outcome_is_done(park_wake(capos_cap("park"), *address, UINT32_MAX, &woken)), "a wake");
    check(woken == 0, "nobody to wake, not %lu", woken);
    console_printf("waking whoever waits at the same address: 0 woken");
    return 0;
}
