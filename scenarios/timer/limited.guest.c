/*
 * Sleeps at once as often as its budget pays for, and once more.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The budget, which init.guest.c sets: 8 timers, 20 calls.
 */
#include "capos/capos.h"

#define MILLISECOND 1000000ull
#define FAR         (3600000 * MILLISECOND)
#define TIMERS      8
#define CALLS       20

static uint32_t word;

static struct ring_submission park(uint64_t id, uint64_t deadline)
{
    return (struct ring_submission){
        .opcode = RING_PARK,
        .user_data = id,
        .cap = capos_cap("park"),
        .argument = (uint64_t)&word,
        .deadline = deadline,
    };
}

static void park_submit(uint64_t id, uint64_t deadline)
{
    struct ring_submission submission = park(id, deadline);

    check(ring_submit(ring_mine(), &submission), "room in the submission queue");
    check(ring_enter(ring_mine(), 0, 0) == 1, "an operation that is taken");
}

static struct outcome park_outcome(uint64_t deadline)
{
    struct ring_submission submission = park(0, deadline);

    return ring_operate(&submission, NULL);
}

static void cancel(uint64_t id)
{
    struct ring_completion completion;

    check(ring_cancel(ring_mine(), id) == ERR_OK, "an operation to cancel");
    check(ring_take(ring_mine(), id, &completion), "its completion");
}

int main(void)
{
    cap_t timer = capos_cap("timer");

    for (uint64_t id = 1; id <= TIMERS; id++)
        park_submit(id, clock_now() + FAR);
    console_printf("8 deadlines: paid for");
    attempt("the sleep after the last one paid for",
            timer_sleep(timer, clock_now() + MILLISECOND, NULL), ERR_NO_TIMERS);
    attempt("a wait with a deadline", park_outcome(clock_now() + MILLISECOND), ERR_NO_TIMERS);
    attempt("a sleep that is over already", timer_sleep(timer, 1, NULL), ERR_OK);
    cancel(3);
    attempt("a sleep when one of them is cancelled",
            timer_sleep(timer, clock_now() + MILLISECOND, NULL), ERR_OK);
    park_submit(3, clock_now() + FAR);
    for (uint64_t id = TIMERS + 1; id <= CALLS; id++)
        park_submit(id, 0);
    attempt("a wait without deadline when 20 operations are under way", park_outcome(0),
            ERR_NO_CALLS);
    attempt("a sleep then", timer_sleep(timer, clock_now() + MILLISECOND, NULL), ERR_NO_CALLS);
    check(ring_held(ring_mine()) == 0, "nothing to have ended by itself");
    return 0;
}
