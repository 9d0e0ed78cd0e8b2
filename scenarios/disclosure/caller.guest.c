/*
 * Calls the desk with every request by the clients from the number on that is its argument.
 * SPDX-License-Identifier: Apache-2.0
 *
 * With the grant "desk" alone it makes one call, and says what came of it.
 */
#include "desk.h"

/* One that permits less than what it was derived from. */
static void narrowed(void)
{
    cap_t derived, revoker;

    check(outcome_is_done(caps_derive(capos_cap("caps"), capos_cap("for-two"), SCOPE_SHAREABLE,
                                      FIELD(PROFILE) | FIELD(PRINCIPAL), &derived, &revoker)),
          "a derived client");
    check(outcome_is_done(desk_call(derived, DESK_ASK, ALL_FIELDS, FIELD(PROFILE))), "a call");
    cap_release(derived);
    cap_release(revoker);
}

/* The kernel's own objects are told nothing. */
static void tell_the_kernel(void)
{
    struct call call;

    timer_now_open(&call, capos_cap("timer"));
    call.submission.disclose = ALL_FIELDS;
    attempt("disclosing everything to the timer", call_end(&call, call_make(&call, 64)), ERR_OK);
}

static void no_power(void)
{
    struct session_fields fields;

    attempt("asking for the subject of a call with a client",
            session_subject(capos_cap("for-all"), 1, &fields), ERR_BAD_INTERFACE);
}

int main(void)
{
    size_t len;
    const uint8_t *from = capos_arguments(&len);

    if (capos_grant("desk")) {
        attempt("a call that is being served when its session ends",
                desk_call(capos_cap("desk"), DESK_ASK, ALL_FIELDS, ALL_FIELDS), ERR_STALE_SESSION);
        return 0;
    }
    for (unsigned i = *from; i < N_CLIENTS; i++) {
        for (unsigned j = 0; j < N_REQUESTS; j++)
            check(outcome_is_done(desk_call(capos_cap(clients[i].client), DESK_ASK, requests[j],
                                            clients[i].permitted)),
                  "a call");
    }
    narrowed();
    tell_the_kernel();
    no_power();
    check(outcome_is_done(desk_call(capos_cap("for-all"), DESK_STOP, 0, ALL_FIELDS)), "a call");
    return 0;
}
