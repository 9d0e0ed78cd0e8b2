/*
 * The last hop: refuses in every way.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "hops.h"

static struct outcome refuse(const struct words_call *in)
{
    return outcome_refuse((enum exception_type)in->params[0], ERR_IN_USE, "back says %lu",
                          in->params[0]);
}

/* 0: the call is answered with the words. */
static struct outcome serve(const struct words_call *in, uint64_t n, uint64_t *word)
{
    cap_t none;

    switch (in->head.method) {
    case HOP_REFUSE:
    case HOP_CUT:
        return refuse(in);
    case HOP_KERNEL:
        return frames_allocate(capos_cap("frames"), 0, &none);
    case HOP_DOMAIN:
        *word = 7;
        return outcome_done();
    case HOP_COUNT:
        *word = n;
        return outcome_done();
    case HOP_STOP:
        return outcome_done();
    default:
        return outcome_refuse(EXCEPTION_UNIMPLEMENTED, ERR_BAD_METHOD, "back has no method %u",
                              in->head.method);
    }
}

int main(void)
{
    struct words_call in;
    uint64_t n = 0;

    do {
        uint64_t word = 0;

        check(outcome_is_done(capos_recv(capos_cap("server"), RING_NEVER, &in)), "a call");
        n++;
        if (in.head.method == HOP_DROP) {
            cap_release(in.head.reply);
        } else {
            struct outcome outcome = serve(&in, n, &word);

            check(outcome_is_done(outcome_is_done(outcome)
                                      ? capos_answer(in.head.reply, &word, 1)
                                      : answer_refuse((struct deferred){in.head.reply}, outcome)),
                  "an answer");
        }
    } while (in.head.method != HOP_STOP);
    return 0;
}
