/*
 * Calls "service" with messages of all kinds and sizes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Argument: the cookie that the server sees.
 */
#include "service.h"

#define ROUNDS 2000

static void many(void)
{
    uint64_t sum = 0;

    for (uint64_t i = 0; i < ROUNDS; i++) {
        struct outcome outcome = capos_call(capos_cap("service"), INTERFACE_SERVICE, SERVICE_ADD,
                                            (uint64_t[]){i, i * i}, 2, &sum, 1);

        check(outcome_is_done(outcome) && sum == i + i * i, "the sum of call %lu", i);
    }
    console_printf("%u calls, each answered with its own sum", ROUNDS);
}

/* What the caller writes into its message is of no account. */
static void cookie(uint64_t own)
{
    uint64_t seen[2], claimed[] = {own + 1, own + 1, own + 1};

    attempt("a call that claims to come from somebody else",
            capos_call(capos_cap("service"), INTERFACE_SERVICE, SERVICE_WHO, claimed, 3, seen, 2),
            ERR_OK);
    check(seen[0] == own && seen[1] == INTERFACE_SERVICE, "the cookie %lu, not %lu", own, seen[0]);
    console_printf("the server saw the cookie %lu, which is the right one", seen[0]);
}

static void not_permitted(void)
{
    cap_t service = capos_cap("service"), minted;
    struct words_call in;

    attempt("receiving with a client", capos_recv(service, RING_NEVER, &in), ERR_BAD_INTERFACE);
    attempt("minting with a client",
            endpoint_mint(service, 1, INTERFACE_SERVICE, SCOPE_SHAREABLE, 0, &minted),
            ERR_BAD_INTERFACE);
    attempt("closing the endpoint with a client", endpoint_close(service), ERR_BAD_INTERFACE);
    attempt("calling by another interface",
            capos_call(service, INTERFACE_OTHER, SERVICE_ADD, NULL, 0, NULL, 0), ERR_BAD_INTERFACE);
    attempt("calling a method that the server does not have", service_call(999, 0, NULL),
            ERR_BAD_METHOD);
}

static void send(const char *what, uint16_t n_words, err_t expected)
{
    struct call call;

    call_open(&call, capos_cap("service"), INTERFACE_SERVICE, SERVICE_ADD, 1u + n_words);
    capnp_init_root(&call.params, n_words, 0);
    attempt(what, call_make(&call, 64), expected);
    call_close(&call);
}

/* Of 500 words, into so many bytes. */
static void results(const char *what, uint32_t room, err_t expected)
{
    struct call call;

    call_open(&call, capos_cap("service"), INTERFACE_SERVICE, SERVICE_LARGE, 2);
    capnp_set_u64(capnp_init_root(&call.params, 1, 0), 0, 500);
    attempt(what, call_make(&call, room), expected);
    check(expected || capnp_u64(capnp_root(&call.results), 499 * 8) == 499, "the last word");
    call_close(&call);
}

/* The server has room for 1024 bytes behind struct ring_delivery. A message has one word more than
 * its root. */
static void sizes(void)
{
    send("a message as large as the server's room", SERVICE_ROOM / 8 - 1, ERR_OK);
    send("a message one word larger", SERVICE_ROOM / 8, ERR_NO_ROOM);
    send("a message of 32 KiB", 4096, ERR_NO_ROOM);
    results("results of 500 words into room for them", 501 * 8, ERR_OK);
    results("the same into one word less", 500 * 8, ERR_NO_ROOM);
    send("an ordinary call after that", 2, ERR_OK);
}

static void refused(void)
{
    struct call call;
    struct outcome outcome = service_call(SERVICE_REFUSE, 0, NULL);

    attempt("a call that the server refuses", outcome, ERR_IN_USE);
    check(outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_OVERLOADED &&
              strcmp(ring_mine()->reason, SERVICE_REASON) == 0,
          "the server's own exception");
    call_open(&call, capos_cap("service"), INTERFACE_SERVICE, SERVICE_REFUSE, 2);
    capnp_set_u64(capnp_init_root(&call.params, 1, 0), 0, 900);
    outcome = call_make(&call, 0);
    call_close(&call);
    attempt("a call that it refuses with more words than there is room for", outcome, ERR_IN_USE);
    check(outcome.kind == OUTCOME_EXCEPTION, "an exception that was cut to its code");
    outcome = service_call(SERVICE_DROP, 0, NULL);
    attempt("a call whose right to answer the server drops", outcome, ERR_DISCONNECTED);
    check(outcome.type == EXCEPTION_DISCONNECTED, "the type disconnected");
    attempt("a call whose right to answer the server misuses first",
            service_call(SERVICE_MISUSE, 0, NULL), ERR_OK);
}

int main(void)
{
    size_t len;
    const uint64_t *own = capos_arguments(&len);

    check(len == sizeof(*own), "a cookie");
    many();
    cookie(*own);
    not_permitted();
    sizes();
    refused();
    return 0;
}
