/*
 * A thread that does random operations.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "player.h"

#define REST 500000 /* nanoseconds */

struct score score;
bool is_mortal;

/* What there is to do, and how often as compared with the rest. */
static const struct {
    operation_fn *operation;
    uint32_t weight;
} operations[] = {
    {map_memory, 4},
    {unmap_memory, 2},
    {protect_memory, 2},
    {make_object, 3},
    {map_object, 5},
    {make_endpoint, 4},
    {mint, 8},
    {close_endpoint, 1},
    {receive, 8},
    {call, 20},
    {call_awaited, 6},
    {cancel, 5},
    {answer_held, 5},
    {sleep, 2},
    {park, 3},
    {unpark, 3},
    {park_shared, 2},
    {unpark_shared, 2},
    {yield, 2},
    {drop, 8},
    {look, 5},
    {derive, 3},
    {revoke, 1},
    {fail_allocations, 3},
    {derive_and_revoke, 2},
    {make_notification, 2},
    {wait_for_bits, 4},
    {signal_bits, 4},
    {make_session, 2},
    {end_session, 1},
    {look_at_session, 2},
    {start_thread, 2},
    {join_thread, 2},
    {start_process, 1},
    {launch_process, 1},
    {end_process, 1},
    {wait_for_process, 2},
};
#define N_OPERATIONS (sizeof(operations) / sizeof(operations[0]))

static operation_fn *choose(struct random *random)
{
    uint32_t total = 0, at, i = 0;

    for (uint32_t k = 0; k < N_OPERATIONS; k++)
        total += operations[k].weight;
    at = random_below(random, total);
    while (at >= operations[i].weight)
        at -= operations[i++].weight;
    return operations[i].operation;
}

bool is_lack(err_t error)
{
    switch (error) {
    case ERR_NO_MEMORY:
    case ERR_NO_FRAMES:
    case ERR_NO_OBJECTS:
    case ERR_NO_CALLS:
    case ERR_NO_TIMERS:
    case ERR_NO_CAPS:
    case ERR_NO_ROOM:
        return true;
    default:
        return false;
    }
}

bool is_stale(err_t error)
{
    return is_mortal && error == ERR_STALE_SESSION;
}

bool did(struct outcome outcome, err_t maybe)
{
    check(outcome_is_done(outcome) || is_lack(outcome.code) || outcome.code == maybe ||
              is_stale(outcome.code),
          "an operation that is done or lacks something, not: %s", outcome_sentence(outcome));
    return outcome_is_done(outcome);
}

void sure(const struct holding *holding, struct outcome outcome, const char *what)
{
    check(outcome.code == ERR_OK || is_stale(outcome.code) ||
              outcome.code == revoked_maybe(holding),
          "%s, not: %s", what, outcome_sentence(outcome));
}

/* --- Flights --- */

static struct flight *begin(struct flight *flight, enum flight_kind kind)
{
    flight->kind = kind;
    flight->room = ARENA_NONE;
    flight->exact = flight->timed = flight->cancelled = flight->revocable = flight->promised =
        false;
    flight->nested.reply = CAP_NONE;
    flight->awaits = NULL;
    flight->overdue = false;
    return flight;
}

struct flight *flight_new(struct player *player, enum flight_kind kind)
{
    if (player->n_flights >= player->max_flights)
        return NULL;
    for (uint32_t i = 0; i < FLIGHTS_MAX; i++) {
        if (player->flights[i].kind != FLIGHT_NONE)
            continue;
        player->n_flights++;
        return begin(&player->flights[i], kind);
    }
    return NULL;
}

struct flight *flight_main(struct player *player)
{
    struct flight *flight = &player->flights[FLIGHTS_MAX];

    if (player->server == CAP_NONE || player->ends || flight->kind != FLIGHT_NONE)
        return NULL;
    return begin(flight, FLIGHT_RECV);
}

uint64_t flight_id(const struct player *player, const struct flight *flight)
{
    return (uint64_t)(flight - player->flights) + 1;
}

void flight_free(struct player *player, struct flight *flight)
{
    flight->kind = FLIGHT_NONE;
    if (flight != &player->flights[FLIGHTS_MAX])
        player->n_flights--;
}

static void flight_ended(struct player *player, const struct ring_completion *completion)
{
    struct flight *flight = &player->flights[completion->user_data - 1];

    check(completion->user_data - 1 <= FLIGHTS_MAX && flight->kind != FLIGHT_NONE,
          "a completion of something under way");
    switch (flight->kind) {
    case FLIGHT_CALL:
        call_ended(player, flight, completion);
        break;
    case FLIGHT_RECV:
        recv_ended(player, flight, completion);
        break;
    case FLIGHT_PARK:
        park_ended(player, flight, completion);
        break;
    case FLIGHT_BITS:
        bits_ended(player, flight, completion);
        break;
    case FLIGHT_SLEEP:
        sleep_ended(player, flight, completion);
        break;
    default:
        wait_ended(player, flight, completion);
    }
}

/* A call ends with the one that it waits for. */
static void check_overdue(const struct player *player)
{
    for (uint32_t i = 0; i < FLIGHTS_MAX; i++)
        check(player->flights[i].kind == FLIGHT_NONE || !player->flights[i].overdue,
              "the end of a call whose promise is broken");
}

void player_poll(struct player *player, uint64_t deadline)
{
    struct ring_completion completion;
    err_t error;

    player_receive(player);
    while ((error = ring_next(ring_mine(), deadline, &completion)) == ERR_OK) {
        flight_ended(player, &completion);
        deadline = 0;
    }
    check(error == ERR_TIMED_OUT, "completions, not: %s", err_sentence(error));
    check_overdue(player);
}

/* --- The whole --- */

/* Each completion of a cancelled operation is there at once. */
static void cancel_flights(struct player *player, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        struct flight *flight = &player->flights[i];

        if (flight->kind == FLIGHT_NONE)
            continue;
        flight->cancelled = true;
        ring_cancel(ring_mine(), flight_id(player, flight));
    }
    player_poll(player, 0);
}

/* Others get some time; then the player helps itself. */
static void make_room(struct player *player)
{
    answer_all(player);
    player_poll(player, clock_now() + REST);
    if (player->n_flights == player->max_flights)
        cancel_flights(player, FLIGHTS_MAX / 2, FLIGHTS_MAX);
    if (player->n_flights == player->max_flights)
        cancel_flights(player, 0, FLIGHTS_MAX / 2);
}

void player_play(struct player *player)
{
    for (uint32_t i = 0; i < player->n_operations; i++) {
        uint64_t key = random_mix(player->seed, i);
        struct random random = {key};

        choose (&random)(player, &random, key);
        player_poll(player, 0);
        if (player->n_flights == player->max_flights)
            make_room(player);
    }
}

void player_stop(struct player *player)
{
    player->serves_only = true;
    answer_all(player);
    cancel_flights(player, 0, FLIGHTS_MAX);
    threads_join(player);
}

void player_end(struct player *player)
{
    player_stop(player);
    player->ends = true;
    cancel_flights(player, FLIGHTS_MAX, FLIGHTS_MAX + 1);
    answer_all(player);
    check(player->n_flights == 0, "nothing under way, not %u", player->n_flights);
    for (uint32_t i = 0; i < PLACES_MAX; i++)
        place_drop(player, &player->places[i]);
    while (player->n_holdings > 0) {
        holding_check(player, &player->holdings[0]);
        if (player->holdings[0].kind == HOLDING_PROCESS)
            process_finish(&player->holdings[0]);
        holding_drop(player, &player->holdings[0]);
    }
}

void player_live(uint64_t seed, uint32_t n_operations, uint32_t depth, bool in_thread)
{
    struct player player = {.seed = seed,
                            .n_operations = n_operations,
                            .depth = depth,
                            .in_thread = in_thread,
                            .max_flights = in_thread ? 5 : FLIGHTS_MAX};
    char name[8];

    for (uint32_t i = 0; i < PEERS_MAX; i++) {
        const struct grant *grant;

        format_text(name, sizeof(name), "peer%u", i);
        grant = capos_grant(name);
        if (grant)
            player.peers[player.n_peers++] = grant->cap;
    }
    player_play(&player);
    player_end(&player);
}
