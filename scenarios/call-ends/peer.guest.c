/*
 * One side of a call, which does what its argument says, tells so, and waits until it is ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "peer.h"

static void tell(uint64_t first, uint64_t second)
{
    capos_call(capos_cap("tell"), INTERFACE_TELL, 0, (uint64_t[]){first, second}, 2, NULL, 0);
}

static void call_many(void)
{
    struct ring_client *client = ring_mine();
    uint32_t params = arena_alloc(client, 16), result = arena_alloc(client, 256);
    struct ring_completion completion;
    uint64_t n = 0;

    for (uint64_t i = 0; i < N_IN_LINE; i++)
        call_service(capos_cap("service"), i + 1, params, result, RING_NEVER);
    tell(0, 0);
    for (uint64_t i = 0; i < N_IN_LINE; i++) {
        check(ring_wait(client, i + 1, &completion) == ERR_OK, "its completion");
        n += completion.status == RING_STATUS_EXCEPTION;
    }
    tell(n, completion.value);
}

static void serve(bool answer)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(capos_cap("service"), RING_NEVER, &in)), "a call");
    if (answer)
        check(outcome_is_done(capos_answer(in.head.reply, NULL, 0)), "an answer");
}

int main(void)
{
    struct ring_client *client = ring_mine();
    size_t len;
    const uint64_t *role = capos_arguments(&len);

    check(len == sizeof(*role), "a role");
    switch (*role) {
    case ROLE_CALL:
        call_service(capos_cap("service"), 1, arena_alloc(client, 16), arena_alloc(client, 256),
                     RING_NEVER);
        break;
    case ROLE_RECEIVE:
    case ROLE_ANSWER:
        serve(*role == ROLE_ANSWER);
        break;
    case ROLE_CALL_MANY:
        call_many();
        return 0;
    default:
        break;
    }
    tell(0, 0);
    ring_enter(client, RING_COMPLETIONS, RING_NEVER);
    return 0;
}
