/*
 * Waits for bits, calls, times and words at once, with one thread; then exchanges signals with
 * another process.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "beside.h"

#include "bell.h"
#include "capos/program.h"

#define ROOM 256

enum { BITS = 1, CALL, TIME, WORD };

static uint32_t word;

static void receive(cap_t server, uint32_t at)
{
    struct ring_submission submission = {
        .opcode = RING_RECV, .user_data = CALL, .cap = server, .result = at, .result_len = ROOM};

    check(ring_submit(ring_mine(), &submission), "room in the submission queue");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a RECV that is taken");
}

static void park(void)
{
    struct ring_submission submission = {.opcode = RING_PARK,
                                         .user_data = WORD,
                                         .cap = capos_cap("park"),
                                         .argument = (uint64_t)&word};

    check(ring_submit(ring_mine(), &submission), "room in the submission queue");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a PARK that is taken");
}

static void sleep_submit(struct call *call)
{
    timer_sleep_params_set_until(timer_sleep_open(call, capos_cap("timer"), 0), clock_now() + FAR);
    check(call_submit(call, 16, TIME) == ERR_OK, "room for a sleep");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a sleep that is taken");
}

/* What has come next: its operation's number. */
static struct ring_completion next(uint64_t expected)
{
    struct ring_completion completion;

    check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "something to come");
    check(completion.user_data == expected && completion.status == 0, "%lu, not %lu", expected,
          completion.user_data);
    return completion;
}

static void answer(uint32_t at)
{
    const struct ring_delivery *delivery = ring_at(ring_mine(), at);

    check(outcome_is_done(capos_answer(delivery->reply, NULL, 0)), "an answer");
}

/* The caller calls, signals and calls again: that is the order in which this thread hears of it. */
static void at_once(cap_t server, struct bell bell)
{
    uint32_t at = arena_alloc(ring_mine(), ROOM);
    struct call sleep;

    sleep_submit(&sleep);
    park();
    wait_submit(BITS, bell, 0xff, 0);
    receive(server, at);
    next(CALL);
    answer(at);
    receive(server, at);
    check(next(BITS).value == BIT_BETWEEN, "the bit between the calls");
    wait_submit(BITS, bell, 0xff, 0);
    next(CALL);
    check(ring_held(ring_mine()) == 0, "three that wait on");
    ring_bell(bell, BIT_BETWEEN);
    next(BITS);
    check(outcome_is_done(park_wake(capos_cap("park"), &word, 1, NULL)), "a wake");
    next(WORD);
    check(call_cancel(&sleep) == ERR_OK, "a sleep to cancel");
    call_wait(&sleep);
    call_close(&sleep);
    answer(at);
    arena_free(ring_mine(), at);
    console_printf(
        "one thread that waits for bits, a call, a time and a word at once: a call, bits, a call, "
        "bits, the word");
}

static void back_and_forth(struct bell there, struct bell here)
{
    for (unsigned i = 0; i < EXCHANGES; i++) {
        uint64_t bits;

        ring_bell(there, 1);
        check(outcome_is_done(notification_wait(here.notification, 1, RING_NEVER, &bits)), "a bit");
    }
    console_printf("%u signals and as many back: none is lost", EXCHANGES);
}

int main(void)
{
    struct bell here = bell_open(), there = bell_open();
    cap_t server, client, process;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_BESIDE, &server, &client)),
          "an endpoint");
    process = program_start("ringer", NULL, 0, BUDGET_PEER,
                            (struct process_grant[]){{"service", client},
                                                     {"signaller", here.signaller},
                                                     {"notification", there.notification}},
                            3);
    cap_release(client);
    at_once(server, here);
    back_and_forth(there, here);
    program_succeed("the waiter", process);
    cap_release(server);
    bell_close(here);
    bell_close(there);
    return 0;
}
