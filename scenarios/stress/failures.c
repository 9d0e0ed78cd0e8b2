/*
 * Allocations that fail, where the kernel does that on demand.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "abi/inject.calls.h"

#include "player.h"

#define LATEST 40
#define MOST   4

bool is_poor(void)
{
    return capos_grant("inject");
}

/* One or some of the next ones, whoever wants memory then. */
void fail_allocations(struct player *player, struct random *random, uint64_t key)
{
    uint32_t nth = 1 + random_below(random, LATEST);

    (void)player;
    (void)key;
    if (is_poor())
        check(outcome_is_done(inject_arm(capos_cap("inject"), nth, 1 + random_below(random, MOST))),
              "allocations that will fail");
}
