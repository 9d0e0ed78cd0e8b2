/*
 * What was derived of what was derived; what goes with a revocation, and what does not.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "lease.h"

#define DEPTH_MAX 8

/* Cut in the middle, a chain ends there. */
static void depth(cap_t memory)
{
    struct lease chain[DEPTH_MAX];
    cap_t last = memory, derived, revoker;

    for (unsigned i = 0; i < DEPTH_MAX; i++) {
        chain[i] = lease_take(last);
        last = chain[i].derived;
    }
    attempt("using the eighth of a chain", memory_info(last, NULL), ERR_OK);
    attempt("deriving a ninth",
            caps_derive(capos_cap("caps"), last, SCOPE_SHAREABLE, 0, &derived, &revoker),
            ERR_NOT_PERMITTED);
    lease_revoke(chain[3]);
    for (unsigned i = 0; i < DEPTH_MAX; i++) {
        err_t expected = i < 3 ? ERR_OK : ERR_REVOKED;

        check(memory_info(chain[i].derived, NULL).code == expected, "step %u", i);
        check(is_revoked(chain[i].derived) == (i >= 3), "what is said of step %u", i);
    }
    console_printf("revoking the fourth: it and all behind it are revoked, three are not");
    lease_revoke(chain[0]);
    attempt("using the third when the first is revoked", memory_info(chain[2].derived, NULL),
            ERR_REVOKED);
    attempt("using the original", memory_info(memory, NULL), ERR_OK);
    for (unsigned i = 0; i < DEPTH_MAX; i++)
        lease_drop(chain[i]);
}

/* It narrows, and never widens. */
static void narrowing(void)
{
    cap_t caps = capos_cap("caps"), client, second, third, none, revoker[2];
    struct program_endpoint desk = program_endpoint_open(INTERFACE_DESK);
    uint16_t disclosure;
    enum scope scope;

    check(
        outcome_is_done(endpoint_mint(desk.server, 7, INTERFACE_DESK, SCOPE_SHAREABLE, 6, &client)),
        "a client");
    attempt("deriving one for this session, to disclose fields 0 and 1",
            caps_derive(caps, client, SCOPE_SAME_SESSION, 3, &second, &revoker[0]), ERR_OK);
    check(outcome_is_done(
              caps_describe(caps, second, NULL, NULL, NULL, &scope, &disclosure, NULL, NULL)) &&
              scope == SCOPE_SAME_SESSION && disclosure == 2,
          "what both permit");
    attempt("deriving one for everybody from that",
            caps_derive(caps, second, SCOPE_SHAREABLE, 0xffff, &third, &revoker[1]),
            ERR_NOT_PERMITTED);
    attempt("deriving one of a scope that there is not",
            caps_derive(caps, second, (enum scope)9, 0xffff, &third, &revoker[1]),
            ERR_BAD_ARGUMENT);
    attempt("deriving one to grant, which discloses all",
            caps_derive(caps, second, SCOPE_REGRANT, 0xffff, &third, &revoker[1]), ERR_OK);
    check(outcome_is_done(
              caps_describe(caps, third, NULL, NULL, NULL, &scope, &disclosure, NULL, NULL)) &&
              scope == SCOPE_REGRANT && disclosure == 2,
          "no more than its original");
    attempt("deriving from none", caps_derive(caps, CAP_NONE, SCOPE_SHAREABLE, 0, &none, &none),
            ERR_BAD_HANDLE);
    for (unsigned i = 0; i < 2; i++)
        cap_release(revoker[i]);
    cap_release(third);
    cap_release(second);
    cap_release(client);
    program_endpoint_close(desk);
}

/* The right to answer is its receiver's, once. */
static void replies(void)
{
    struct program_endpoint desk = program_endpoint_open(INTERFACE_DESK);
    struct operation call = call_begin(desk.client, NULL, 0);
    struct words_call in;
    cap_t derived, revoker;

    check(outcome_is_done(capos_recv(desk.server, RING_NEVER, &in)), "the call");
    attempt("deriving from a right to answer",
            caps_derive(capos_cap("caps"), in.head.reply, SCOPE_SHAREABLE, 0, &derived, &revoker),
            ERR_NOT_PERMITTED);
    check(outcome_is_done(capos_answer(in.head.reply, NULL, 0)), "an answer");
    check(outcome_is_done(operation_end(&call, NULL)), "the call's end");
    program_endpoint_close(desk);
}

/* The last capability to a thing may be one that is revoked. */
static void last_one(void)
{
    struct budget before = ledger_used();
    cap_t memory = new_memory(100);
    struct lease lease = lease_take(memory);

    cap_release(memory);
    attempt("using what was derived of what is released", memory_info(lease.derived, NULL), ERR_OK);
    lease_revoke(lease);
    check(ledger_used().frames < before.frames + 100, "the frames back, at once");
    lease_drop(lease);
    ledger_check("the memory", before);
    console_printf("revoking the last one: the memory is given back");
}

/* Who can only revoke does not keep a service open. */
static void last_server(void)
{
    struct program_endpoint desk = program_endpoint_open(INTERFACE_DESK);
    struct lease lease = lease_take(desk.server);
    struct operation call;

    cap_release(desk.server);
    call = call_begin(desk.client, NULL, 0);
    check(ring_cancel(ring_mine(), call.id) == ERR_OK, "a call in line");
    check(operation_end(&call, NULL).code == ERR_CANCELLED, "its end");
    call = call_begin(desk.client, NULL, 0);
    cap_release(lease.derived);
    attempt("a call in line when the last server's side is released, but for its revoker",
            operation_end(&call, NULL), ERR_DISCONNECTED);
    cap_release(lease.revoker);
    cap_release(desk.client);
    desk = program_endpoint_open(INTERFACE_DESK);
    lease = lease_take(desk.server);
    cap_release(desk.server);
    call = call_begin(desk.client, NULL, 0);
    lease_revoke(lease);
    attempt("a call in line when the last server's side is revoked", operation_end(&call, NULL),
            ERR_DISCONNECTED);
    lease_drop(lease);
    cap_release(desk.client);
}

static void revokers(cap_t memory)
{
    struct lease lease = lease_take(memory), of_revoker = lease_take(lease.revoker);

    lease_revoke(of_revoker);
    attempt("revoking by a revoker that was revoked", revoker_revoke(of_revoker.derived),
            ERR_REVOKED);
    attempt("using what it would have revoked", memory_info(lease.derived, NULL), ERR_OK);
    lease_drop(of_revoker);
    attempt("releasing the revoker", cap_release(lease.revoker), ERR_OK);
    attempt("using what nobody can revoke any more", memory_info(lease.derived, NULL), ERR_OK);
    attempt("revoking by what is none", revoker_revoke(lease.derived), ERR_BAD_INTERFACE);
    cap_release(lease.derived);
}

int main(void)
{
    struct budget before = ledger_used();
    cap_t memory = new_memory(1);

    depth(memory);
    narrowing();
    replies();
    last_one();
    last_server();
    revokers(memory);
    cap_release(memory);
    ledger_check("all of it", before);
    return 0;
}
