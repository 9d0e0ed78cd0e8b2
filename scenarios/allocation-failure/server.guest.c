/*
 * Answers one call at "server" with the capability that came along.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

int main(void)
{
    struct words_call in;
    struct call answer;

    if (!answered(capos_recv(capos_cap("server"), RING_NEVER, &in)))
        return EXIT_NO_MEMORY;
    answer_open(&answer, (struct deferred){in.head.reply}, 0);
    call_give(&answer, in.caps[0].cap);
    return fine(answer_send(&answer)) ? 0 : EXIT_NO_MEMORY;
}
