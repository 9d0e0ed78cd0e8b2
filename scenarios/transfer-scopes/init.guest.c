/*
 * Makes capabilities of each scope and gives them away, as only who makes them can.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "scopes.h"

#define BUDGET_HOLDER \
    ((struct budget){.frames = 1000, .objects = 100, .calls = 150, .timers = 80, .caps = 300})

struct box {
    cap_t client, process;
};

static struct box box_of(const char *whose, const struct program_session *session)
{
    struct process_grant grant = {"box", CAP_NONE};
    struct box box;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_BOX, &grant.cap, &box.client)),
          "an endpoint");
    box.process =
        program_launch(session->launcher, "box", whose, strlen(whose) + 1, BUDGET_SMALL, &grant, 1);
    cap_release(grant.cap);
    return box;
}

static void close_box(struct box *box)
{
    check(outcome_is_done(capos_call(box->client, INTERFACE_BOX, BOX_STOP, NULL, 0, NULL, 0)),
          "its stop");
    program_finish(box->process);
    cap_release(box->client);
}

/* The answers bear capabilities that may or may not come here, into the system's session. */
static void ask(cap_t giver)
{
    static const err_t expected[] = {ERR_OK, ERR_SCOPE, ERR_SCOPE};

    for (uint64_t i = 0; i < N_THINGS - 1; i++) {
        uint32_t before = ledger_used().caps;
        char what[64];

        format_text(what, sizeof(what), "asking the holder for its %s one", things[i]);
        attempt(what, capos_call(giver, INTERFACE_GIVER, 0, &i, 1, NULL, 0), expected[i]);
        check(ledger_used().caps == before, "nothing is kept");
    }
    /* The holder's end would change the ledger. */
    check(outcome_is_done(capos_call(giver, INTERFACE_GIVER, 0, NULL, 0, NULL, 0)), "it goes on");
}

static void run(const struct program_session *ada, const struct program_session *bob)
{
    struct box kin = box_of("kin", ada), stranger = box_of("stranger", bob);
    cap_t server, client, minted[3], giver, holder;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_THING, &server, &client)),
          "an endpoint");
    for (enum scope scope = 0; scope < SCOPE_COUNT; scope++)
        check(outcome_is_done(endpoint_mint(server, 0, INTERFACE_THING, scope, 0, &minted[scope])),
              "a client");
    cap_release(client);
    check(
        outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_GIVER, &client, &giver)),
        "an endpoint");

    const struct process_grant grants[] = {
        {things[0], minted[0]}, {things[1], minted[1]},  {things[2], minted[2]},
        {things[3], ada->user}, {"kin", kin.client},     {"stranger", stranger.client},
        {"giver", client},      {"here", ada->launcher}, {"there", bob->launcher},
    };

    holder = program_launch(ada->launcher, "holder", NULL, 0, BUDGET_HOLDER, grants,
                            sizeof(grants) / sizeof(grants[0]));
    ask(giver);
    program_succeed("the holder", holder);
    close_box(&kin);
    close_box(&stranger);
    for (unsigned i = 0; i < 3; i++)
        cap_release(minted[i]);
    cap_release(giver);
    cap_release(client);
    cap_release(server);
}

int main(void)
{
    struct budget before;
    struct program_session ada, bob;

    ledger_used();
    before = ledger_used();
    ada = program_session_named("ada");
    bob = program_session_named("bob");
    run(&ada, &bob);
    program_session_drop(&ada);
    program_session_drop(&bob);
    ledger_check("scopes", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
