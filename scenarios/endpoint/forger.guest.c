/*
 * Makes client capabilities that look like what only the kernel gives out, and tries to use them as
 * that.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An endpoint's clients can have any interface id, those of the kernel's objects too. What they are
 * does not follow from it: a client can be called, and nothing else.
 */
#include "capos/capos.h"

#define ROOM 512

static struct outcome operate(uint8_t opcode, cap_t cap)
{
    struct ring_submission submission = {.opcode = opcode, .cap = cap};
    struct ring_client *client = ring_mine();
    struct outcome outcome;

    if (opcode == RING_RECV) {
        submission.result = arena_alloc(client, ROOM);
        submission.result_len = ROOM;
        submission.deadline = clock_now() + 1;
    }
    outcome = ring_operate(&submission, NULL);
    if (opcode == RING_RECV)
        arena_free(client, submission.result);
    return outcome;
}

/* With the endpoint open and closed: its memory looks different to whoever takes it for something
 * else. */
static void forge_reply(void)
{
    cap_t server, client, minted;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_REPLY, &server, &client)),
          "an endpoint");
    check(outcome_is_done(endpoint_mint(server, 1, INTERFACE_REPLY, SCOPE_SHAREABLE, 0, &minted)),
          "a client");
    attempt("answering with a client that calls itself a reply", operate(RING_RETURN, client),
            ERR_NOT_PERMITTED);
    check(outcome_is_done(endpoint_close(server)), "a closed endpoint");
    attempt("the same when its endpoint is closed", operate(RING_RETURN, minted),
            ERR_NOT_PERMITTED);
    cap_release(minted);
    cap_release(client);
    cap_release(server);
}

/* It goes to whoever receives at the endpoint, as calls of clients do; the kernel does not take it
 * for a method. */
static struct outcome mint(cap_t client)
{
    struct call call;
    struct outcome outcome;

    call_open(&call, client, INTERFACE_ENDPOINT, ENDPOINT_MINT, 0);
    call_set_deadline(&call, clock_now() + 1000000);
    outcome = call_make(&call, 0);
    call_close(&call);
    return outcome;
}

static void forge_endpoint(void)
{
    cap_t server, client, minted;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_ENDPOINT, &server, &client)),
          "an endpoint");
    attempt("receiving with a client that calls itself an endpoint", operate(RING_RECV, client),
            ERR_NOT_PERMITTED);
    check(
        outcome_is_done(endpoint_mint(server, 1, INTERFACE_ENDPOINT, SCOPE_SHAREABLE, 0, &minted)),
        "a client");
    attempt("receiving with one that was minted so", operate(RING_RECV, minted), ERR_NOT_PERMITTED);
    attempt("minting with it: a call that nobody receives", mint(minted), ERR_TIMED_OUT);
    cap_release(minted);
    cap_release(client);
    cap_release(server);
}

static void forge_park_space(void)
{
    static uint32_t word;
    struct ring_submission unpark = {
        .opcode = RING_UNPARK, .value = 1, .argument = (uint64_t)&word};
    cap_t server;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_PARK_SPACE, &server, &unpark.cap)),
          "an endpoint");
    attempt("waking with a client that calls itself a park space", ring_operate(&unpark, NULL),
            ERR_NOT_PERMITTED);
    cap_release(unpark.cap);
    cap_release(server);
}

int main(void)
{
    forge_reply();
    forge_endpoint();
    forge_park_space();
    return 0;
}
