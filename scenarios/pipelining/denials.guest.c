/*
 * Promises that nobody has made, and submissions that are wrong.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sides.h"

#define MILLISECOND 1000000ull

static struct sides sides;

/* By hand, and answered at once: nothing comes of it. */
static void refuse(const char *what, struct ring_submission submission, err_t expected)
{
    attempt(what, ring_operate(&submission, NULL), expected);
}

static struct ring_submission on(uint64_t number)
{
    return (struct ring_submission){
        .opcode = RING_CALL,
        .flags = RING_PROMISED,
        .cap = number,
        .interface_id = INTERFACE_NODE,
    };
}

static int in_other_thread(void *argument)
{
    (void)argument;
    refuse("waiting for a call of another thread", on(FIRST), ERR_NOT_FOUND);
    return 0;
}

static void nothing_to_wait_for(void)
{
    struct ring_client *client = ring_mine();
    struct ring_submission recv = {.opcode = RING_RECV,
                                   .cap = sides.server,
                                   .user_data = THIRD,
                                   .result_len = sizeof(struct ring_delivery)};
    struct ring_completion completion;
    struct thread thread;

    refuse("waiting for a call that was never made", on(12345), ERR_NOT_FOUND);
    node_open(&sides.first, sides.client, NODE_OPEN, 1);
    submit(&sides.first, FIRST);
    enter(1);
    check(outcome_is_done(thread_start(&thread, in_other_thread, NULL)), "a thread");
    check(outcome_is_done(thread_finish(&thread, NULL)), "its end");
    sides_receive(&sides, 1);
    sides_answer(&sides, CAP_NONE);
    refuse("waiting for one that has ended", on(FIRST), ERR_NOT_FOUND);
    finish(&sides.first);
    recv.result = arena_alloc(client, recv.result_len);
    check(ring_submit(client, &recv), "a reception");
    enter(1);
    refuse("waiting for an operation that is no call", on(THIRD), ERR_NOT_FOUND);
    check(ring_cancel(client, THIRD) == ERR_OK, "a cancellation");
    check(ring_wait(client, THIRD, &completion) == ERR_OK, "its end");
    arena_free(client, recv.result);
}

/* With a call that could be waited for. */
static void malformed(void)
{
    struct ring_submission wrong;

    node_open(&sides.first, sides.client, NODE_OPEN, 1);
    submit(&sides.first, FIRST);
    enter(1);
    wrong = on(FIRST);
    wrong.promised = RING_TRANSFERS_MAX;
    refuse("waiting for capability number 32", wrong, ERR_BAD_ARGUMENT);
    wrong = on(FIRST);
    wrong.flags |= RING_EXCEPTION;
    refuse("waiting with another flag", wrong, ERR_BAD_FLAGS);
    wrong = on(FIRST);
    wrong.flags = 0;
    wrong.promised = 1;
    refuse("a number without the flag", wrong, ERR_BAD_FLAGS);
    refuse("the flag with an operation that is no call",
           (struct ring_submission){.opcode = RING_NOP, .flags = RING_PROMISED}, ERR_BAD_FLAGS);
    wrong = on(FIRST);
    wrong.params = 1 << 30;
    wrong.params_len = 8;
    refuse("parameters beyond the arena", wrong, ERR_BAD_ARENA);
    wrong = on(FIRST);
    wrong.result = 1 << 30;
    wrong.result_len = 8;
    refuse("results beyond the arena", wrong, ERR_BAD_ARENA);
    wrong = on(FIRST);
    wrong.n_transfers = RING_TRANSFERS_MAX + 1;
    refuse("33 capabilities along with it", wrong, ERR_BAD_ARGUMENT);
    sides_receive(&sides, 1);
    sides_answer(&sides, CAP_NONE);
    finish(&sides.first);
}

/* All that a ring can promise completions for. */
static void too_many(void)
{
    struct ring_client *client = ring_mine();
    struct ring_submission call = on(FIRST), nop = {.opcode = RING_NOP, .user_data = THIRD};
    struct ring_completion completion;

    node_open(&sides.first, sides.client, NODE_OPEN, 1);
    call_set_deadline(&sides.first, clock_now() + 20 * MILLISECOND);
    submit(&sides.first, FIRST);
    call.user_data = MANY;
    for (uint32_t i = 1; i < RING_COMPLETIONS; i++)
        check(ring_submit(client, &call), "call %u", i);
    enter(RING_COMPLETIONS);
    check(ring_submit(client, &nop), "one more");
    enter(0);
    attempt("the one, whose deadline passes", finish(&sides.first), ERR_TIMED_OUT);
    for (uint32_t i = 1; i < RING_COMPLETIONS; i++)
        check(ring_wait(client, MANY, &completion) == ERR_OK &&
                  completion.status == RING_STATUS_TRUNCATED && completion.value == ERR_TIMED_OUT,
              "call %u ended as timed out", i);
    check(ring_wait(client, THIRD, &completion) == ERR_OK, "what came after them");
    console_printf("31 calls waited for it, and the kernel took no more; they have ended with it");
}

int main(void)
{
    sides_make(&sides);
    nothing_to_wait_for();
    malformed();
    too_many();
    sides_drop(&sides);
    return 0;
}
