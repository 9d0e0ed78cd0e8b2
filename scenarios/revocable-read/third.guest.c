/*
 * Gets the document from "reader", and once more when it has been revoked.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grants: "desk", at which it is given.
 */
#include "document.h"

/* The reader goes on when it is answered. */
static struct words_call receive(void)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(capos_cap("desk"), RING_NEVER, &in)), "a call");
    check(in.head.n_caps == 1 && in.caps[0].interface_id == INTERFACE_DOCUMENT, "a document");
    return in;
}

static void answer(const struct words_call *in)
{
    check(outcome_is_done(capos_answer(in->head.reply, NULL, 0)), "an answer");
}

int main(void)
{
    struct words_call first = receive(), again;

    attempt("reading what the reader has passed on", document_read(first.caps[0].cap), ERR_OK);
    answer(&first);
    again = receive();
    attempt("reading it when the owner has revoked the reader's", document_read(first.caps[0].cap),
            ERR_REVOKED);
    attempt("reading what the reader has passed on once more", document_read(again.caps[0].cap),
            ERR_REVOKED);
    answer(&again);
    attempt("releasing both", cap_release(first.caps[0].cap), ERR_OK);
    check(outcome_is_done(cap_release(again.caps[0].cap)), "the other one");
    return 0;
}
