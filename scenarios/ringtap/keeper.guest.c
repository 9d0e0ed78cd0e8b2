/*
 * Takes one call with a secret in it, and answers with the same secret.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "secret.h"

#define ROOM 256

int main(void)
{
    cap_t server = capos_cap("server");
    struct incoming in;
    uint64_t word, reply;

    check(outcome_is_done(endpoint_recv(server, ROOM, RING_NEVER, &in)), "a call");
    word = message_u64(&in.params, 0);
    reply = in.head.reply;
    check(memcmp(&word, SECRET, SECRET_LEN) == 0, "the secret");
    incoming_close(&in);
    check(outcome_is_done(endpoint_answer(reply, &word, 1)), "an answer");
    return 0;
}
