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

void sleep_ended(struct player *player, struct flight *flight,
                 const struct ring_completion *completion)
{
    struct outcome outcome = call_read(&flight->call, completion);

    did(outcome, flight->cancelled ? ERR_CANCELLED : ERR_OK);
    call_close(&flight->call);
    flight_free(player, flight);
}

void park_ended(struct player *player, struct flight *flight,
                const struct ring_completion *completion)
{
    err_t error = (err_t)-completion->status;

    check(error == ERR_OK || error == ERR_TIMED_OUT || error == ERR_MISMATCH || is_lack(error) ||
              (flight->cancelled && error == ERR_CANCELLED),
          "a park's end: %s", err_sentence(error));
    flight_free(player, flight);
}

/* At the first word of a memory object, which is there for a moment only. */
static bool map_word(struct player *player, struct random *random, const struct holding **memory,
                     uint64_t *at)
{
    *memory = holding_any(player, random, HOLDING_MEMORY);
    return *memory &&
           did(memory_map((*memory)->cap, 0, 0, 1, ACCESS_READ, at), revoked_maybe(*memory));
}

/* The park keeps the object, and whoever maps it may end it. */
void park_shared(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *memory;
    struct flight *flight;
    uint64_t at;

    (void)key;
    if (!map_word(player, random, &memory, &at))
        return;
    flight = flight_new(player, FLIGHT_PARK);
    if (flight) {
        struct ring_submission park = {
            .opcode = RING_PARK,
            .cap = capos_cap("park"),
            .argument = at,
            .value = *(volatile uint32_t *)at,
            .deadline = clock_now() + random_below(random, LONGEST),
            .user_data = flight_id(player, flight),
        };

        flight->timed = true;
        if (!ring_submit(ring_mine(), &park))
            flight_free(player, flight);
        ring_enter(ring_mine(), 0, 0);
    }
    sure(memory, memory_unmap(memory->cap, at), "a mapping taken away");
}

void unpark_shared(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *memory;
    uint64_t at;

    (void)key;
    if (!map_word(player, random, &memory, &at))
        return;
    did(park_wake(capos_cap("park"), (const uint32_t *)at, 1 + random_below(random, 3), NULL),
        ERR_OK);
    sure(memory, memory_unmap(memory->cap, at), "a mapping taken away");
}

void yield(struct player *player, struct random *random, uint64_t key)
{
    (void)player;
    (void)random;
    (void)key;
    check(outcome_is_done(thread_control_yield(capos_cap("thread"))), "a yield");
}
