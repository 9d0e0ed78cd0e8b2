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

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "a memory object");
    check(outcome_is_done(memory_map(memory, 0, 0, 1, ACCESS_READ_WRITE, &at)), "its place");
    word = (volatile uint64_t *)at;
    *word = 41;
    call_open(&call, service(), INTERFACE_SERVICE, SERVICE_USE_MEMORY, 2);
    capnp_set_cap(capnp_init_root(&call.params, 0, 1), 0, call_give(&call, memory));
    attempt("a call with a memory object", call_make(&call, 64), ERR_OK);
    seen = capnp_u64(capnp_root(&call.results), 0);
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

    call_open(&call, service(), INTERFACE_SERVICE, SERVICE_GIVE, 2);
    capnp_set_u64(capnp_init_root(&call.params, 1, 0), 0, COOKIE);
    attempt("a call whose result is a capability", call_make(&call, 64), ERR_OK);
    check(call.received.n == 1 && call_cap_interface(&call, 0) == INTERFACE_OTHER,
          "one capability with its own interface");
    given = call_cap(&call, capnp_get_cap(capnp_root(&call.results), 0));
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

/* By hand: the library would not send some of these. */
static void send_mode(const char *what, const cap_t *caps, uint32_t n, uint32_t mode,
                      err_t expected)
{
    struct ring_client *client = ring_mine();
    struct ring_submission call = {
        .opcode = RING_CALL,
        .cap = service(),
        .interface_id = INTERFACE_SERVICE,
        .method = SERVICE_ADD,
        .transfers = arena_alloc(client, n * sizeof(struct ring_transfer)),
        .n_transfers = n,
    };
    struct ring_transfer *transfers = ring_at(client, call.transfers);

    for (uint32_t i = 0; i < n; i++)
        transfers[i] = (struct ring_transfer){.cap = caps[i], .mode = mode};
    attempt(what, ring_operate(&call, NULL), expected);
    arena_free(client, call.transfers);
}

static void send(const char *what, const cap_t *caps, uint32_t n, err_t expected)
{
    send_mode(what, caps, n, RING_COPY, expected);
}

/* What does not belong to the caller goes nowhere. */
static void send_wrong(void)
{
    cap_t forged[RING_TRANSFERS_MAX + 1];

    for (uint32_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++)
        forged[i] = service();
    send("sending 33 capabilities", forged, RING_TRANSFERS_MAX + 1, ERR_BAD_ARGUMENT);
    forged[RING_TRANSFERS_MAX - 1] = 12345;
    send("sending 31 and one that is forged", forged, RING_TRANSFERS_MAX, ERR_BAD_HANDLE);
    forged[0] = CAP_NONE;
    send("sending none as one", forged, 1, ERR_BAD_HANDLE);
    forged[0] = service();
    send_mode("sending one by a mode that there is not", forged, 1, RING_TRANSFER_MODES,
              ERR_BAD_ARGUMENT);
}

/* It is looked up when the message is copied: what the caller has no more, nobody gets. */
static void send_and_release(void)
{
    struct ring_completion completion;
    struct words_call in;
    struct call call;
    cap_t server, client, memory;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_OTHER, &server, &client)),
          "an endpoint");
    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "a memory object");
    call_open(&call, client, INTERFACE_OTHER, SERVICE_ADD, 0);
    call_give(&call, memory);
    check(call_submit(&call, 64, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1, "a call");
    check(outcome_is_done(cap_release(memory)), "the capability gone");
    attempt("receiving a call whose capability the caller has released",
            capos_recv(server, clock_now() + 1000000, &in), ERR_TIMED_OUT);
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
