/*
 * Several operations of one thread that wait, until they are taken back.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "steps.h"

#define SLEEPS 3
#define PARK   SLEEPS

static struct call sleeps[SLEEPS];
static unsigned n_sleeps;
static bool parked;
static uint32_t word;

static void run(void)
{
    struct ring_submission park = {.opcode = RING_PARK,
                                   .cap = capos_cap("park"),
                                   .argument = (uint64_t)&word,
                                   .deadline = RING_NEVER - 1,
                                   .user_data = PARK};

    while (n_sleeps < SLEEPS) {
        struct call *call = &sleeps[n_sleeps];

        timer_sleep_params_set_until(timer_sleep_open(call, capos_cap("timer"), 0), RING_NEVER);
        check(call_submit(call, 64, n_sleeps) == ERR_OK, "a sleep");
        n_sleeps++;
    }
    check(ring_submit(ring_mine(), &park), "a park");
    parked = true;
    ring_enter(ring_mine(), 0, 0);
}

static void clean(void)
{
    struct ring_completion completion;

    if (parked) {
        ring_cancel(ring_mine(), PARK);
        check(ring_wait(ring_mine(), PARK, &completion) == ERR_OK, "the park's end");
        check(completion.status == -ERR_CANCELLED || completion.status == -ERR_NO_MEMORY,
              "a park that was taken back");
    }
    parked = false;
    while (n_sleeps)
        call_close(&sleeps[--n_sleeps]);
}

const struct step step_waits = {.name = "sleeps and parks", .run = run, .clean = clean};
