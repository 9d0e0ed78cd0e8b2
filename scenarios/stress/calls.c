/*
 * Calls that a player makes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A message is its key, the depth of nesting, and capabilities; the answer is made from the key.
 * How a call may end: answered or refused by its receiver; disconnected, timed out, cancelled; or
 * somebody lacked something.
 */
#include "messages.h"
#include "player.h"

#define ROOM ((1 + ANSWER_WORDS) * 8 + LUGGAGE_MAX * 16)

/* Most have time, some have little. Workers always answer in the end, others may not. */
static uint64_t deadline(struct random *random, bool exact)
{
    switch (random_below(random, 6)) {
    case 0:
        return clock_now() + random_below(random, 300000);
    case 1:
        return exact ? RING_NEVER : clock_now() + 1000000000;
    default:
        return exact ? RING_NEVER : clock_now() + 100000000;
    }
}

static void write_message(struct player *player, struct random *random, struct flight *flight,
                          uint32_t nesting)
{
    struct capnp_struct_builder message = capnp_init_root(&flight->call.params, CALL_WORDS, 0);

    luggage_pack(player, random, flight->exact, NULL, &flight->call, &flight->luggage);
    capnp_set_u64(message, CALL_KEY * 8, flight->key);
    capnp_set_u64(message, CALL_NESTING * 8, nesting);
    capnp_set_u64(message, CALL_LUGGAGE * 8, flight->luggage.word);
}

/* NULL: there is no room for one more. */
static struct flight *prepare(struct player *player, struct random *random,
                              const struct holding *client, bool exact, uint64_t key,
                              uint32_t nesting)
{
    struct flight *flight = flight_new(player, FLIGHT_CALL);
    uint64_t until = deadline(random, exact);

    if (!flight)
        return NULL;
    flight->key = key;
    flight->exact = exact;
    flight->revocable = client->forwarded;
    flight->timed = until != RING_NEVER;
    call_open(&flight->call, client->cap, client->interface_id, METHOD_PLAY, 1 + CALL_WORDS);
    write_message(player, random, flight, nesting);
    call_set_deadline(&flight->call, until);
    call_disclose(&flight->call, (uint16_t)key);
    return flight;
}

static bool send(struct player *player, struct flight *flight)
{
    if (call_submit(&flight->call, ROOM, flight_id(player, flight)) == ERR_OK)
        return true;
    call_close(&flight->call);
    luggage_settle(player, &flight->luggage, ARRIVAL_NONE);
    flight_free(player, flight);
    return false;
}

/* NULL: there is no room for one more. */
static struct flight *start_call_of_peer(struct player *player, struct random *random, uint64_t key,
                                         uint32_t nesting)
{
    struct holding peer = {.cap = player->peers[random_below(random, player->n_peers)],
                           .interface_id = INTERFACE_STRESS};
    struct flight *flight;

    /* What a victim was given to call may be derived. */
    peer.forwarded = !player->exact;
    flight = prepare(player, random, &peer, player->exact, key, nesting);
    return flight && send(player, flight) ? flight : NULL;
}

void call_peer(struct player *player, struct random *random, uint64_t key, uint32_t nesting,
               const struct held_reply *nested)
{
    struct flight *flight = start_call_of_peer(player, random, key, nesting);

    if (flight && nested)
        flight->nested = *nested;
    else if (nested)
        answer(player, random, nested, true);
}

void call(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *client = holding_any(player, random, HOLDING_CLIENT);
    struct flight *flight = NULL;

    if (player->n_peers > 0 && random_below(random, 3) > 0)
        call_peer(player, random, key, 0, NULL);
    else if (client)
        flight = prepare(player, random, client, false, key, 0);
    if (flight)
        send(player, flight);
}

/* Of the client that a call of a peer will bring, or of the first thing that any other will. */
void call_awaited(struct player *player, struct random *random, uint64_t key)
{
    struct holding awaited = {.interface_id = INTERFACE_STRESS, .forwarded = true};
    struct flight *flight, *earlier = &player->flights[random_below(random, FLIGHTS_MAX)];

    if (player->n_peers > 0 && random_below(random, 4))
        earlier = start_call_of_peer(player, random, random_mix(key, 3), NESTING_BRINGS);
    if (!earlier || earlier->kind != FLIGHT_CALL)
        return;
    flight = prepare(player, random, &awaited, false, key, 0);
    if (!flight)
        return;
    flight->promised = true;
    flight->call.submission.flags = RING_PROMISED;
    flight->call.submission.cap = flight_id(player, earlier);
    flight->awaits = earlier;
    send(player, flight);
}

/* Something that was to go along was dropped meanwhile, or moves with another call. */
static bool is_gone(err_t error)
{
    return error == ERR_BAD_HANDLE || error == ERR_RESERVED;
}

/* No such capability has come, or none of this interface, or before the call began to wait for it;
 * or the earlier call has ended otherwise, as the exception says. */
static bool is_broken(struct outcome outcome)
{
    err_t error = outcome.code;

    if (outcome.kind == OUTCOME_EXCEPTION && (error == ERR_TIMED_OUT || error == ERR_CANCELLED))
        return true;
    return error == ERR_BROKEN_PROMISE || error == ERR_BAD_INTERFACE || error == ERR_NOT_FOUND;
}

/* What its receiver said, or whatever else may happen to it. */
static void check_end(struct flight *flight, struct outcome outcome)
{
    if (outcome_is_done(outcome)) {
        check(capnp_u64(capnp_root(&flight->call.results), ANSWER_KEY * 8) ==
                  answer_to(flight->key),
              "the answer to this call and no other");
    } else if (flight->promised && is_broken(outcome)) {
        return;
    } else if (outcome.code == ERR_TIMED_OUT) {
        check(flight->timed, "no deadline where there was none");
    } else if (outcome.code == ERR_CANCELLED) {
        check(flight->cancelled, "no end before it was cancelled");
    } else {
        check(outcome.code == REFUSAL || outcome.code == ERR_DISCONNECTED ||
                  is_gone(outcome.code) || is_lack(outcome.code) || is_stale(outcome.code) ||
                  (outcome.code == ERR_SCOPE && !flight->exact) ||
                  (outcome.code == ERR_REVOKED && flight->revocable),
              "a call's end, not: %s", outcome_sentence(outcome));
    }
}

/* Where what was to move must be, as the end tells. */
static enum arrival arrival(const struct flight *flight, struct outcome outcome)
{
    if (outcome_is_done(outcome))
        return ARRIVAL_ALL;
    if (flight->promised) /* its end may be that of the earlier call */
        return ARRIVAL_UNKNOWN;
    if (outcome.code == REFUSAL)
        return ARRIVAL_ALL;
    return is_gone(outcome.code) ? ARRIVAL_NONE : ARRIVAL_UNKNOWN;
}

static void take_luggage(struct player *player, struct call *call)
{
    uint64_t word = capnp_u64(capnp_root(&call->results), ANSWER_LUGGAGE * 8);

    for (uint32_t i = 0; i < LUGGAGE_MAX; i++) {
        uint64_t interface_id = call_cap_interface(call, i);

        if (interface_id)
            luggage_take(player, call_cap(call, i), interface_id, word, i);
    }
}

/* It has ended, and those that waited for it have, too, unless it was done. */
static void tell_awaiting(struct player *player, const struct flight *earlier, bool done)
{
    for (uint32_t i = 0; i < FLIGHTS_MAX; i++) {
        struct flight *flight = &player->flights[i];

        if (flight->kind != FLIGHT_CALL || flight->awaits != earlier)
            continue;
        flight->awaits = NULL;
        flight->overdue = !done;
    }
}

void call_ended(struct player *player, struct flight *flight,
                const struct ring_completion *completion)
{
    struct outcome outcome = call_read(&flight->call, completion);
    struct held_reply nested = flight->nested;
    struct random random = {random_mix(flight->key, 2)};

    check_end(flight, outcome);
    tell_awaiting(player, flight, outcome_is_done(outcome));
    if (flight->exact && (outcome_is_done(outcome) || outcome.code == REFUSAL))
        __atomic_fetch_add(&score.answers_got, 1, __ATOMIC_RELAXED);
    luggage_settle(player, &flight->luggage, arrival(flight, outcome));
    take_luggage(player, &flight->call);
    call_close(&flight->call);
    flight_free(player, flight);
    if (nested.reply != CAP_NONE)
        answer(player, &random, &nested, outcome_is_done(outcome));
}

void cancel(struct player *player, struct random *random, uint64_t key)
{
    struct flight *flight = &player->flights[random_below(random, FLIGHTS_MAX)];
    err_t error;

    (void)key;
    if (flight->kind == FLIGHT_NONE)
        return;
    flight->cancelled = true;
    error = ring_cancel(ring_mine(), flight_id(player, flight));
    check(error == ERR_OK || error == ERR_NOT_FOUND || is_lack(error), "a cancelled operation: %s",
          err_sentence(error));
}
