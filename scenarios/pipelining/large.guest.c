/*
 * Calls with the largest messages there are, more than one stay in the kernel sends.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sides.h"

#define N_CALLS 29

/* Each takes the whole arena along, whatever stands there. */
static void submit_all(struct sides *sides)
{
    struct ring_client *client = ring_mine();
    struct ring_submission call = {
        .opcode = RING_CALL,
        .flags = RING_PROMISED,
        .cap = FIRST,
        .interface_id = INTERFACE_NODE,
        .params_len = client->arena_len,
    };

    node_open(&sides->first, sides->client, NODE_OPEN, 1);
    submit(&sides->first, FIRST);
    for (uint64_t i = 0; i < N_CALLS; i++) {
        call.user_data = MANY + i;
        check(ring_submit(client, &call), "call %lu", i);
    }
    enter(1 + N_CALLS);
}

/* By hand: cap_enter() is to wait for more completions than there will be, and must come back. */
static void answer(struct sides *sides)
{
    struct ring_client *client = ring_mine();
    uint32_t at = arena_alloc(client, sizeof(struct ring_transfer));
    struct ring_submission submission = {
        .opcode = RING_RETURN,
        .user_data = THIRD,
        .cap = sides->reply,
        .transfers = at,
        .n_transfers = 1,
    };
    struct ring_completion completion;

    *(struct ring_transfer *)ring_at(client, at) = (struct ring_transfer){.cap = sides->client};
    check(ring_submit(client, &submission), "an answer");
    check(ring_enter(client, 3, RING_NEVER) == 1 && ring_held(client) == 2,
          "two completions, and the rest to do");
    check(ring_wait(client, THIRD, &completion) == ERR_OK && completion.status == 0, "an answer");
    attempt("answering a call that 29 of the largest wait for", finish(&sides->first), ERR_OK);
    arena_free(client, at);
}

int main(void)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;
    struct sides sides;
    struct words_call in;

    sides_make(&sides);
    submit_all(&sides);
    sides_receive(&sides, 1);
    answer(&sides);
    attempt("receiving one of them into little room",
            capos_recv(sides.server, clock_now() + 1000000, &in), ERR_TIMED_OUT);
    for (uint64_t i = 0; i < N_CALLS; i++)
        check(ring_next(client, 0, &completion) == ERR_OK && completion.user_data == MANY + i &&
                  completion.value == ERR_NO_ROOM,
              "call %lu, without room", i);
    console_printf("all 29 were sent, in their order, and had no room there");
    sides_drop(&sides);
    return 0;
}
