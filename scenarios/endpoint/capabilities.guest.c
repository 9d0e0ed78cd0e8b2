/*
 * Sends capabilities to "service" in parameters, and gets some in results.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

#define COOKIE 77

static cap_t service(void)
{
    return capos_cap("service");
}

/* The server writes into the very memory that is mapped here. */
static void send_memory(void)
{
    volatile uint64_t *word;
    uint64_t at, seen;
    cap_t memory;
    struct call call;

    check(outcome_is_done(memory_allocate(capos_cap("frames"), 1, &memory)), "a memory object");
    check(outcome_is_done(memory_map(memory, 0, 0, 1, ACCESS_READ_WRITE, &at)), "its place");
    word = (volatile uint64_t *)at;
    *word = 41;
    call_open(&call, service(), INTERFACE_SERVICE, SERVICE_USE_MEMORY, 0, 0, 1);
    message_put_cap(&call.params, call.pointers, 0);
    call_transfer(&call, &memory, 1);
    attempt("a call with a memory object", call_make(&call, 64), ERR_OK);
    seen = message_u64(&call.results, 0);
    call_close(&call);
    check(seen == 41 && *word == 42, "41 seen and 42 left, not %lu and %lu", seen, *word);
    console_printf("the server read 41 there, and left 42");
    check(outcome_is_done(memory_unmap(memory, at)), "its place back");
    attempt("releasing the memory, which was sent as a copy", cap_release(memory), ERR_OK);
}

static void get_client(void)
{
    struct call call;
    cap_t given;
    uint64_t seen[2];

    call_open(&call, service(), INTERFACE_SERVICE, SERVICE_GIVE, 0, 1, 0);
    message_put_u64(&call.params, call.root, 0, COOKIE);
    attempt("a call whose result is a capability", call_make(&call, 64), ERR_OK);
    check(call.n_caps == 1 && call.caps[0].interface_id == INTERFACE_OTHER,
          "one capability with its own interface");
    given = call_cap(&call, 0);
    call_close(&call);
    attempt("calling it", capos_call(given, INTERFACE_OTHER, SERVICE_WHO, NULL, 0, seen, 2),
            ERR_OK);
    check(seen[0] == COOKIE && seen[1] == INTERFACE_OTHER, "cookie %u, not %lu", COOKIE, seen[0]);
    console_printf("the server saw the cookie %lu and the interface that it had minted", seen[0]);
    attempt("calling it by the interface of the first one",
            capos_call(given, INTERFACE_SERVICE, SERVICE_WHO, NULL, 0, seen, 2), ERR_BAD_INTERFACE);
    attempt("releasing it", cap_release(given), ERR_OK);
    attempt("calling it after that",
            capos_call(given, INTERFACE_OTHER, SERVICE_WHO, NULL, 0, seen, 2), ERR_BAD_HANDLE);
}

static void send(const char *what, const cap_t *caps, uint32_t n, err_t expected)
{
    struct call call;

    call_open(&call, service(), INTERFACE_SERVICE, SERVICE_ADD, 0, 2, 0);
    call_transfer(&call, caps, n);
    attempt(what, call_make(&call, 64), expected);
    call_close(&call);
}

static void send_wrong_mode(void)
{
    struct call call;
    cap_t own = service();

    call_open(&call, own, INTERFACE_SERVICE, SERVICE_ADD, 0, 2, 0);
    call_transfer(&call, &own, 1);
    ((struct ring_transfer *)ring_at(call.client, call.submission.transfers))->mode =
        RING_TRANSFER_MODES;
    attempt("sending one by a mode that there is not", call_make(&call, 64), ERR_BAD_ARGUMENT);
    call_close(&call);
}

/* What does not belong to the caller goes nowhere. */
static void send_wrong(void)
{
    cap_t forged[RING_TRANSFERS_MAX + 1];

    for (uint32_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++)
        forged[i] = service();
    send("sending 17 capabilities", forged, RING_TRANSFERS_MAX + 1, ERR_BAD_ARGUMENT);
    forged[RING_TRANSFERS_MAX - 1] = 12345;
    send("sending 15 and one that is forged", forged, RING_TRANSFERS_MAX, ERR_BAD_HANDLE);
    forged[0] = CAP_NONE;
    send("sending none as one", forged, 1, ERR_BAD_HANDLE);
    send_wrong_mode();
}

/* It is looked up when the message is copied: what the caller has no more, nobody gets. */
static void send_and_release(void)
{
    struct ring_completion completion;
    struct incoming in;
    struct call call;
    cap_t server, client, memory;

    check(
        outcome_is_done(endpoint_create(capos_cap("endpoints"), INTERFACE_OTHER, &server, &client)),
        "an endpoint");
    check(outcome_is_done(memory_allocate(capos_cap("frames"), 1, &memory)), "a memory object");
    call_open(&call, client, INTERFACE_OTHER, SERVICE_ADD, 0, 0, 0);
    call_transfer(&call, &memory, 1);
    check(call_submit(&call, 64, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1, "a call");
    check(outcome_is_done(cap_release(memory)), "the capability gone");
    attempt("receiving a call whose capability the caller has released",
            endpoint_recv(server, 64, clock_now() + 1000000, &in), ERR_TIMED_OUT);
    check(ring_wait(ring_mine(), 1, &completion) == ERR_OK, "a completion");
    attempt("that call", call_read(&call, &completion), ERR_BAD_HANDLE);
    call_close(&call);
    cap_release(client);
    cap_release(server);
}

int main(void)
{
    send_memory();
    get_client();
    send_wrong();
    send_and_release();
    return 0;
}
