/*
 * Describes capabilities of each kind, and handles that are none.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_OWN    0xd5f2b4b1a7d9c6e1 /* no kernel object has it */
#define INTERFACE_MINTED 0xc7a90e3d51b8f264
#define ROOM             64

static cap_t server, client;

static void describe(const char *what, cap_t cap, uint64_t expected)
{
    static const char *const facets[] = {"object", "client"};
    static const char *const policies[] = {"can be copied", "cannot be passed on"};
    enum caps_facet facet;
    enum caps_policy policy;
    uint64_t id;

    check(outcome_is_done(
              caps_describe(capos_cap("caps"), cap, &id, &facet, &policy, NULL, NULL, NULL, NULL)),
          "what %s is", what);
    check(id == expected, "%s: interface 0x%lx, not 0x%lx", what, expected, id);
    check(facet <= CAPS_FACET_CLIENT && policy <= CAPS_POLICY_NONE, "words for it");
    console_printf("%s: %s, %s", what, facets[facet], policies[policy]);
}

static void refused(const char *what, cap_t cap)
{
    attempt(what, caps_describe(capos_cap("caps"), cap, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            ERR_BAD_HANDLE);
}

/* What StartInfo says of them is what they are. */
static void granted(void)
{
    uint32_t n;
    const struct grant *grants = capos_grants(&n);

    for (uint32_t i = 0; i < n; i++)
        describe(grants[i].name, grants[i].cap, grants[i].interface_id);
}

static void endpoints(void)
{
    cap_t minted;

    check(
        outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_OWN, &server, &client)),
        "an endpoint");
    check(outcome_is_done(endpoint_mint(server, 7, INTERFACE_MINTED, SCOPE_SHAREABLE, 0, &minted)),
          "a client");
    describe("a server's side", server, INTERFACE_ENDPOINT);
    describe("a client", client, INTERFACE_OWN);
    describe("one with a cookie", minted, INTERFACE_MINTED);
    check(outcome_is_done(cap_release(minted)), "it gone");
    refused("the same, released", minted);
}

/* A call to oneself, so that there is a Reply. It is answered by its end. */
static void reply(void)
{
    struct ring_submission call = {.opcode = RING_CALL,
                                   .user_data = 1,
                                   .cap = client,
                                   .interface_id = INTERFACE_OWN,
                                   .params_len = 0};
    struct ring_submission receive = {.opcode = RING_RECV, .cap = server, .result_len = ROOM};
    struct ring_submission pass = {
        .opcode = RING_CALL, .cap = client, .interface_id = INTERFACE_OWN, .n_transfers = 1};
    struct ring_client *ring = ring_mine();
    struct ring_delivery *delivery;
    struct ring_transfer *transfer;
    struct ring_completion completion;

    receive.result = arena_alloc(ring, ROOM);
    pass.transfers = arena_alloc(ring, sizeof(*transfer));
    delivery = ring_at(ring, receive.result);
    transfer = ring_at(ring, pass.transfers);
    check(ring_submit(ring, &call), "a call under way");
    check(outcome_is_done(ring_operate(&receive, NULL)), "the call");
    describe("the right to answer", delivery->reply, INTERFACE_REPLY);
    *transfer = (struct ring_transfer){delivery->reply, RING_COPY, 0};
    attempt("passing it on", ring_operate(&pass, NULL), ERR_NOT_PERMITTED);
    check(outcome_is_done(cap_release(delivery->reply)), "no answer");
    check(ring_wait(ring, 1, &completion) == ERR_OK, "the call's end");
    refused("the same, released", delivery->reply);
}

static void nothing(void)
{
    cap_t caps = capos_cap("caps"), timer = capos_cap("timer");

    refused("no handle", CAP_NONE);
    refused("a handle of the next generation", timer + (1ull << 32));
    refused("a handle beyond the table", timer | 0xffff);
    refused("any number", UINT64_MAX);
    attempt("asking the timer what a handle is",
            caps_describe(timer, caps, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
            ERR_BAD_INTERFACE);
}

static void run(const struct process_request *request)
{
    struct process_end end;
    cap_t process;

    check(outcome_is_done(process_spawn(capos_cap("processes"), request, &process)), "a process");
    describe("a process", process, INTERFACE_PROCESS);
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end");
}

/* One that sees its own table and not this one, although it is told this handle; and one that is
 * granted as much as a call can send. */
static void others(void)
{
    cap_t timer = capos_cap("timer");
    struct process_grant grants[PROCESS_GRANTS_MAX] = {
        {"console", capos_cap("console")},
        {"caps", capos_cap("caps")},
    };
    struct process_request request = {.image = "stranger",
                                      .arguments = &timer,
                                      .arguments_len = sizeof(timer),
                                      .grants = grants,
                                      .n_grants = 2,
                                      .budget = BUDGET_SMALL};

    run(&request);
    for (unsigned i = 2; i < PROCESS_GRANTS_MAX; i++)
        grants[i] = (struct process_grant){"park", capos_cap("park")};
    request.image = "rich";
    request.n_grants = PROCESS_GRANTS_MAX;
    run(&request);
}

int main(void)
{
    granted();
    endpoints();
    reply();
    nothing();
    others();
    console_printf("each handle says what it is");
    return 0;
}
