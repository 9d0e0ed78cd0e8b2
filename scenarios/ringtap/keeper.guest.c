/*
 * Takes one call with a secret in it, and answers with the same secret.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "secret.h"

int main(void)
{
    cap_t server = capos_cap("server");
    struct words_call in;

    check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "a call");
    check(memcmp(in.params, SECRET, SECRET_LEN) == 0, "the secret");
    check(outcome_is_done(capos_answer(in.head.reply, in.params, 1)), "an answer");
    return 0;
}
