/*
 * Looks into two mirrors, by all the ways on which a capability to one can come.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Argument: whose it is.
 */
#include "mirror.h"

static cap_t derive(cap_t cap)
{
    cap_t derived, revoker;

    check(outcome_is_done(
              caps_derive(capos_cap("caps"), cap, SCOPE_SHAREABLE, 0, &derived, &revoker)),
          "a derived capability");
    cap_release(revoker);
    return derived;
}

static void send(cap_t mirror)
{
    struct call call;

    call_open(&call, capos_cap("post"), INTERFACE_POST, 0, 0);
    call_give(&call, mirror);
    check(outcome_is_done(call_end(&call, call_make(&call, 64))), "a call");
}

/* From another session; it is seen as of this one. */
static void receive(const char *what)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(capos_cap("box"), RING_NEVER, &in)) && in.head.n_caps == 1,
          "a call with a capability");
    look(what, in.caps[0].cap);
    cap_release(in.caps[0].cap);
    capos_answer(in.head.reply, NULL, 0);
}

int main(void)
{
    size_t len;
    cap_t derived = derive(capos_cap("one"));

    if (capos_grant("post")) {
        send(capos_cap("one"));
        send(derived);
        return 0;
    }
    console_printf("of %s:", (const char *)capos_arguments(&len));
    look("the first endpoint", capos_cap("one"));
    look("by another client of it", capos_cap("one-too"));
    look("by a derived one", derived);
    look("the second endpoint", capos_cap("two"));
    if (capos_grant("box")) {
        receive("by one that came from another session");
        receive("by one that was derived there");
    }
    cap_release(derived);
    return 0;
}
