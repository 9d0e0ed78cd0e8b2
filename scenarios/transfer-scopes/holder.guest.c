/*
 * Holds capabilities of each scope, which it has received, and passes them on by every way there
 * is.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It runs in ada's session, as "kin" does; "stranger" is in bob's.
 */
#include "scopes.h"

enum way { TO_KIN, TO_STRANGER, MOVED_TO_STRANGER, BY_SPAWN, LAUNCHED_HERE, LAUNCHED_THERE, WAYS };

static const char *const way_words[WAYS] = {
    "sent to a process of its session",     "sent to one of another session",
    "moved to one of another session",      "granted to a child",
    "granted by a launcher of its session", "granted by a launcher of another session"};

static struct outcome send(cap_t box, cap_t cap, uint32_t mode)
{
    struct ring_client *client = ring_mine();
    struct ring_submission call = {
        .opcode = RING_CALL,
        .cap = box,
        .interface_id = INTERFACE_BOX,
        .method = BOX_TAKE,
        .result = arena_alloc(client, 128),
        .result_len = 128,
        .transfers = arena_alloc(client, sizeof(struct ring_transfer)),
        .n_transfers = 1,
    };
    struct ring_completion completion;
    struct outcome outcome;

    *(struct ring_transfer *)ring_at(client, call.transfers) =
        (struct ring_transfer){.cap = cap, .mode = mode};
    check(ring_do(client, &call, &completion) == ERR_OK, "a completion");
    outcome = outcome_read(client, &completion, ring_at(client, call.result));
    arena_free(client, call.transfers);
    arena_free(client, call.result);
    return outcome;
}

static struct outcome grant(cap_t launcher, cap_t cap)
{
    const struct process_grant grants[] = {{"thing", cap}, {"console", capos_cap("console")}};
    const struct process_request request = {
        .image = "child", .grants = grants, .n_grants = 2, .budget = BUDGET_SMALL};
    cap_t process;
    struct outcome outcome = launcher ? process_launch(launcher, &request, &process)
                                      : process_spawn(capos_cap("processes"), &request, &process);

    if (outcome_is_done(outcome))
        program_succeed("a child", process);
    return outcome;
}

static struct outcome pass(enum way way, cap_t cap)
{
    switch (way) {
    case TO_KIN:
        return send(capos_cap("kin"), cap, RING_COPY);
    case TO_STRANGER:
        return send(capos_cap("stranger"), cap, RING_COPY);
    case MOVED_TO_STRANGER:
        return send(capos_cap("stranger"), cap, RING_MOVE);
    case BY_SPAWN:
        return grant(CAP_NONE, cap);
    case LAUNCHED_HERE:
        return grant(capos_cap("here"), cap);
    default:
        return grant(capos_cap("there"), cap);
    }
}

static bool is_held(cap_t cap)
{
    return outcome_is_done(
        caps_describe(capos_cap("caps"), cap, NULL, NULL, NULL, NULL, NULL, NULL, NULL));
}

static void all_ways(void)
{
    static const err_t expected[N_THINGS][WAYS] = {
        {ERR_OK, ERR_OK, ERR_OK, ERR_OK, ERR_OK, ERR_OK},
        {ERR_OK, ERR_SCOPE, ERR_SCOPE, ERR_OK, ERR_OK, ERR_SCOPE},
        {ERR_SCOPE, ERR_SCOPE, ERR_SCOPE, ERR_SCOPE, ERR_OK, ERR_OK},
        {ERR_OK, ERR_SCOPE, ERR_SCOPE, ERR_OK, ERR_OK, ERR_SCOPE},
    };

    for (unsigned thing = 1; thing < N_THINGS; thing++) {
        for (enum way way = 0; way < WAYS; way++) {
            cap_t cap = capos_cap(things[thing]);
            char what[96];

            format_text(what, sizeof(what), "%s, %s", things[thing], way_words[way]);
            attempt(what, pass(way, cap), expected[thing][way]);
            check(is_held(cap), "it is still here");
        }
    }
    /* The last way takes it away. */
    for (enum way way = 0; way < WAYS; way++) {
        if (way != MOVED_TO_STRANGER)
            check(outcome_is_done(pass(way, capos_cap(things[0]))), "shareable, %s",
                  way_words[way]);
    }
    attempt("shareable, by each way but the last", outcome_done(), ERR_OK);
    attempt("shareable, moved to one of another session",
            pass(MOVED_TO_STRANGER, capos_cap(things[0])), ERR_OK);
    check(!is_held(capos_cap(things[0])), "it is gone");
}

/* --- By deriving --- */

static void derived(const char *what, const char *thing, enum scope scope, err_t expected)
{
    cap_t derived, revoker;

    attempt(what,
            caps_derive(capos_cap("caps"), capos_cap(thing), scope, 0xffff, &derived, &revoker),
            expected);
    if (expected)
        return;
    attempt("the derived one, sent to another session", pass(TO_STRANGER, derived), ERR_SCOPE);
    attempt("the same, sent to one of its session", pass(TO_KIN, derived), ERR_OK);
    cap_release(derived);
    cap_release(revoker);
}

static void deriving(void)
{
    derived("deriving sameSession from sameSession", "same-session", SCOPE_SAME_SESSION, ERR_OK);
    derived("deriving shareable from sameSession", "same-session", SCOPE_SHAREABLE,
            ERR_NOT_PERMITTED);
    derived("deriving sameSession from regrant", "regrant", SCOPE_SAME_SESSION, ERR_NOT_PERMITTED);
}

/* What it made itself it gives to anyone; where that ends is for its receivers. */
static void own(void)
{
    cap_t server, client, narrow;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_THING, &server, &client)),
          "an endpoint");
    check(outcome_is_done(endpoint_mint(server, 1, INTERFACE_THING, SCOPE_REGRANT, 0, &narrow)),
          "a client");
    attempt("minting with a scope that there is not",
            endpoint_mint(server, 1, INTERFACE_THING, SCOPE_COUNT, 0, &client), ERR_BAD_ARGUMENT);
    attempt("a regrant one of its own making, sent to another session", pass(TO_STRANGER, narrow),
            ERR_OK);
    cap_release(narrow);
    cap_release(server);
}

/* --- In answers --- */

/* Who asks is of another session, and says at last that it has seen all that came of it. */
static void answer(void)
{
    for (unsigned i = 0; i < N_THINGS; i++) {
        struct words_call in;
        struct call answer;

        check(outcome_is_done(capos_recv(capos_cap("giver"), RING_NEVER, &in)), "a call");
        answer_open(&answer, (struct deferred){in.head.reply}, 0);
        if (i < N_THINGS - 1) {
            call_give(&answer, capos_cap(things[in.params[0]]));
            attempt("answering with it", answer_send(&answer), ERR_OK);
        } else {
            check(outcome_is_done(answer_send(&answer)), "the last answer");
        }
    }
}

int main(void)
{
    answer();
    all_ways();
    deriving();
    own();
    return 0;
}
