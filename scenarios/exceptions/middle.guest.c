/*
 * The hop between: passes each call on, and whatever comes of it back.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "hops.h"

/* By hand: the library would leave room for an exception. */
static struct outcome call_without_room(const struct words_call *in)
{
    struct ring_client *client = ring_mine();
    uint32_t params = arena_alloc(client, 16);
    uint64_t *words = ring_at(client, params);
    struct ring_completion completion;
    struct ring_submission call = {
        .opcode = RING_CALL,
        .cap = capos_cap("back"),
        .interface_id = INTERFACE_HOP,
        .method = in->head.method,
        .params = params,
        .params_len = 16,
    };

    words[0] = 1ull << 32; /* the root: a struct of one word */
    words[1] = in->params[0];
    check(ring_do(client, &call, &completion) == ERR_OK, "a completion");
    check(completion.status == RING_STATUS_TRUNCATED, "a code only");
    arena_free(client, params);
    return outcome_read(client, &completion, NULL);
}

static struct outcome pass_on(const struct words_call *in, uint64_t *word)
{
    if (in->head.method == HOP_CUT)
        return call_without_room(in);
    return capos_call(capos_cap("back"), INTERFACE_HOP, in->head.method, in->params, 1, word, 1);
}

int main(void)
{
    struct words_call in;

    do {
        struct outcome outcome;
        uint64_t word = 0;

        check(outcome_is_done(capos_recv(capos_cap("server"), RING_NEVER, &in)), "a call");
        outcome = pass_on(&in, &word);
        check(outcome_is_done(outcome_is_done(outcome)
                                  ? capos_answer(in.head.reply, &word, 1)
                                  : answer_refuse((struct deferred){in.head.reply}, outcome)),
              "an answer");
    } while (in.head.method != HOP_STOP);
    return 0;
}
