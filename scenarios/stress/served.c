/*
 * Calls that come to a player.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/session.h"

#include "messages.h"
#include "player.h"

#define LONGEST 2000000 /* nanoseconds */
#define ROOM    (sizeof(struct ring_delivery) + (1 + CALL_WORDS) * 8 + LUGGAGE_MAX * 16)

/* Mostly the same, so that others may guess it. */
static uint64_t any_interface(struct random *random)
{
    return INTERFACE_STRESS + (random_below(random, 4) == 0);
}

void make_endpoint(struct player *player, struct random *random, uint64_t key)
{
    uint64_t interface_id = any_interface(random);
    cap_t server, client;

    (void)key;
    if (!did(endpoints_create(capos_cap("endpoints"), interface_id, &server, &client), ERR_OK))
        return;
    hold(player, server, INTERFACE_ENDPOINT, SCOPE_SHAREABLE, false);
    hold(player, client, interface_id, SCOPE_SHAREABLE, false);
}

/* Of the endpoint where the player always receives, or of another. */
void mint(struct player *player, struct random *random, uint64_t key)
{
    const struct holding own = {.cap = player->server};
    const struct holding *server = holding_any(player, random, HOLDING_SERVER);
    uint64_t interface_id = any_interface(random);
    enum scope scope =
        random_below(random, 2) ? SCOPE_SHAREABLE : random_below(random, SCOPE_COUNT);
    cap_t client;

    if (player->server != CAP_NONE && random_below(random, 4))
        server = &own;
    if (server && did(endpoint_mint(server->cap, key & ~(uint64_t)COOKIE_EXACT, interface_id, scope,
                                    (uint16_t)(key >> 8), &client),
                      revoked_maybe(server)))
        hold(player, client, interface_id, scope, false);
}

void close_endpoint(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *server = holding_any(player, random, HOLDING_SERVER);

    (void)key;
    if (server)
        sure(server, endpoint_close(server->cap), "a closed endpoint");
}

static void submit_recv(struct player *player, struct flight *flight, cap_t server,
                        uint64_t deadline)
{
    struct ring_submission recv = {
        .opcode = RING_RECV, .cap = server, .result_len = ROOM, .deadline = deadline};

    flight->timed = deadline != RING_NEVER;
    flight->room = arena_alloc(ring_mine(), ROOM);
    recv.result = flight->room;
    recv.user_data = flight_id(player, flight);
    if (flight->room == ARENA_NONE || !ring_submit(ring_mine(), &recv)) {
        arena_free(ring_mine(), flight->room);
        flight_free(player, flight);
    }
}

void receive(struct player *player, struct random *random, uint64_t key)
{
    const struct holding *server = holding_any(player, random, HOLDING_SERVER);
    uint64_t deadline =
        random_below(random, 8) ? clock_now() + random_below(random, LONGEST) : RING_NEVER;
    struct flight *flight = server ? flight_new(player, FLIGHT_RECV) : NULL;

    (void)key;
    if (!flight)
        return;
    flight->revocable = server->forwarded;
    submit_recv(player, flight, server->cap, deadline);
}

void player_receive(struct player *player)
{
    struct flight *flight = flight_main(player);

    if (flight)
        submit_recv(player, flight, player->server, RING_NEVER);
}

static struct outcome refuse(const struct held_reply *held)
{
    return answer_refuse((struct deferred){held->reply},
                         outcome_refuse(EXCEPTION_FAILED, REFUSAL, "this receiver refuses"));
}

/* One of the endpoint where the player always receives. */
static struct holding *fresh_client(struct player *player)
{
    cap_t client;

    if (player->server == CAP_NONE || player->n_holdings >= HOLDINGS ||
        !did(endpoint_mint(player->server, 0, INTERFACE_STRESS, SCOPE_SHAREABLE, 0, &client),
             ERR_OK))
        return NULL;
    hold(player, client, INTERFACE_STRESS, SCOPE_SHAREABLE, false);
    return holding_of(player, client);
}

/* What was to move has stayed unless all is done. */
static struct outcome send(struct player *player, struct random *random,
                           const struct held_reply *held)
{
    struct call call;
    struct capnp_struct_builder message;
    struct luggage luggage;
    struct outcome outcome;

    answer_open(&call, (struct deferred){held->reply}, 1 + ANSWER_WORDS);
    message = capnp_init_root(&call.params, ANSWER_WORDS, 0);
    luggage_pack(player, random, held->exact, held->brings ? fresh_client(player) : NULL, &call,
                 &luggage);
    capnp_set_u64(message, ANSWER_KEY * 8, answer_to(held->key));
    capnp_set_u64(message, ANSWER_LUGGAGE * 8, luggage.word);
    outcome = answer_send(&call);
    luggage_settle(player, &luggage, outcome_is_done(outcome) ? ARRIVAL_ALL : ARRIVAL_NONE);
    return outcome;
}

/* What is not sent for want of room in the arena is refused, which wants none. */
void answer(struct player *player, struct random *random, const struct held_reply *held,
            bool gladly)
{
    struct outcome outcome = gladly ? send(player, random, held) : refuse(held);

    if (is_lack(outcome.code))
        outcome = refuse(held);
    check(outcome_is_done(outcome) || outcome.code == ERR_CANCELLED ||
              (outcome.code == ERR_NOT_DELIVERED && !held->exact),
          "an answer sent, not: %s", outcome_sentence(outcome));
    if (held->exact && outcome_is_done(outcome))
        __atomic_fetch_add(&score.answers_sent, 1, __ATOMIC_RELAXED);
}

void answer_all(struct player *player)
{
    struct random random = {player->seed};

    while (player->n_replies > 0) {
        struct held_reply held = player->replies[--player->n_replies];

        answer(player, &random, &held, true);
    }
}

void answer_held(struct player *player, struct random *random, uint64_t key)
{
    struct held_reply held;

    (void)key;
    if (player->n_replies == 0)
        return;
    held = player->replies[--player->n_replies];
    answer(player, random, &held, random_below(random, 4) > 0);
}

/* What a receiver does with a call follows from its key. */
static void serve(struct player *player, struct held_reply held, uint32_t nesting)
{
    struct random random = {random_mix(held.key, 1)};
    uint32_t way = random_below(&random, 16);

    if (player->serves_only || way < 8)
        answer(player, &random, &held, true);
    else if (way < 10)
        answer(player, &random, &held, false);
    else if (way < 11)
        check(outcome_is_done(cap_release(held.reply)), "a call that nobody answers");
    else if (way < 13 && player->n_replies < REPLIES_MAX)
        player->replies[player->n_replies++] = held;
    else if (way >= 13 && nesting < NESTING_MAX && player->n_peers > 0)
        call_peer(player, &random, random_mix(held.key, nesting), nesting + 1, &held);
    else
        answer(player, &random, &held, true);
}

/* All workers act in one session, which never ends and has no fields. Of others there may be more
 * to see. */
static void ask_who_calls(struct player *player, const struct ring_delivery *head, bool exact)
{
    static uint8_t reference[sizeof(head->session)];
    static bool seen;
    struct session_fields fields;
    struct outcome outcome;

    if (exact) {
        if (!seen)
            memcpy(reference, head->session, sizeof(reference));
        seen = true;
        check(memcmp(reference, head->session, sizeof(reference)) == 0,
              "the same reference for all workers");
        check(head->flags & RING_CALLER_LIVE && !head->disclosed,
              "a session that is live and says nothing");
    }
    outcome = session_subject(player->server, head->reply, &fields);
    check(outcome_is_done(outcome) || outcome.code == ERR_CANCELLED ||
              (outcome.code == ERR_STALE_SESSION && !exact),
          "the caller's session, not: %s", outcome_sentence(outcome));
    for (uint32_t i = 0; i < SESSION_FIELDS && outcome_is_done(outcome); i++)
        check(!fields.len[i] || head->disclosed >> i & 1, "no field but those disclosed");
}

static void delivered(struct player *player, const struct ring_completion *completion,
                      const uint8_t *at, bool main)
{
    struct ring_delivery head;
    struct ring_cap luggage[LUGGAGE_MAX];
    struct capnp_message message;
    struct held_reply held;
    uint32_t nesting;
    uint64_t word;

    memcpy(&head, at, sizeof(head));
    check(completion->n_caps <= LUGGAGE_MAX && head.n_caps == completion->n_caps,
          "as many capabilities as were sent at most");
    memcpy(luggage, at + sizeof(head) + head.params_len, head.n_caps * sizeof(luggage[0]));
    capnp_open(&message, at + sizeof(head), head.params_len);
    held = (struct held_reply){.reply = head.reply,
                               .key = capnp_u64(capnp_root(&message), CALL_KEY * 8),
                               .exact = head.cookie & COOKIE_EXACT};
    nesting = (uint32_t)capnp_u64(capnp_root(&message), CALL_NESTING * 8);
    word = capnp_u64(capnp_root(&message), CALL_LUGGAGE * 8);
    held.brings = nesting & NESTING_BRINGS;
    for (uint32_t i = 0; i < head.n_caps; i++)
        luggage_take(player, luggage[i].cap, luggage[i].interface_id, word, i);
    if (main)
        ask_who_calls(player, &head, held.exact);
    serve(player, held, nesting & ~NESTING_BRINGS);
}

/* The room is free again before anything else happens: what came is copied. */
void recv_ended(struct player *player, struct flight *flight,
                const struct ring_completion *completion)
{
    uint64_t came[ROOM / 8];
    err_t error = (err_t)-completion->status;
    bool main = flight == &player->flights[FLIGHTS_MAX];

    memcpy(came, ring_at(ring_mine(), flight->room), sizeof(came));
    arena_free(ring_mine(), flight->room);
    check(error == ERR_OK || error == ERR_DISCONNECTED || is_lack(error) ||
              (error == ERR_TIMED_OUT && flight->timed) ||
              (error == ERR_REVOKED && flight->revocable) ||
              (error == ERR_CANCELLED && flight->cancelled),
          "a reception's end: %s", err_sentence(error));
    flight_free(player, flight);
    if (error)
        return;
    player_receive(player);
    delivered(player, completion, (const uint8_t *)came, main);
}
