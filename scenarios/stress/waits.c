/*
 * Waiting for time and for words.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

#define WORDS   4
#define LONGEST 300000 /* nanoseconds */

/* Of all players of the process. */
static uint32_t words[WORDS];

void sleep(struct player *player, struct random *random, uint64_t key)
{
    struct flight *flight = flight_new(player, FLIGHT_SLEEP);

    (void)key;
    if (!flight)
        return;
    timer_sleep_params_set_until(timer_sleep_open(&flight->call, capos_cap("timer"), 0),
                                 clock_now() + random_below(random, LONGEST));
    if (call_submit(&flight->call, 64, flight_id(player, flight)) == ERR_OK)
        return;
    call_close(&flight->call);
    flight_free(player, flight);
}

void park(struct player *player, struct random *random, uint64_t key)
{
    struct flight *flight = flight_new(player, FLIGHT_PARK);
    struct ring_submission park = {
        .opcode = RING_PARK,
        .cap = capos_cap("park"),
        .argument = (uint64_t)&words[random_below(random, WORDS)],
        .deadline = clock_now() + random_below(random, LONGEST),
    };

    (void)key;
    if (!flight)
        return;
    park.user_data = flight_id(player, flight);
    if (!ring_submit(ring_mine(), &park))
        flight_free(player, flight);
}

void unpark(struct player *player, struct random *random, uint64_t key)
{
    (void)player;
    (void)key;
    did(park_wake(capos_cap("park"), &words[random_below(random, WORDS)],
                  1 + random_below(random, 3), NULL),
        ERR_OK);
}

void yield(struct player *player, struct random *random, uint64_t key)
{
    (void)player;
    (void)random;
    (void)key;
    check(outcome_is_done(thread_control_yield(capos_cap("thread"))), "a yield");
}
