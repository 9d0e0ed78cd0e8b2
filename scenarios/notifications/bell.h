/*
 * What the programs that try notifications have in common: one with its signaller, and waits under
 * way.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"

#define MILLISECOND 1000000ull
#define FAR         (3600000 * MILLISECOND)

/* Of a program that another one starts: both need calls of what they were given. */
#define BUDGET_PEER \
    ((struct budget){.frames = 256, .objects = 32, .calls = 8, .timers = 8, .caps = 64})

struct bell {
    cap_t notification, signaller;
};

static inline struct bell bell_open(void)
{
    struct bell bell;

    check(outcome_is_done(notifications_create(capos_cap("notifications"), &bell.notification,
                                               &bell.signaller)),
          "a notification");
    return bell;
}

static inline void bell_close(struct bell bell)
{
    check(outcome_is_done(cap_release(bell.notification)), "a notification to release");
    check(outcome_is_done(cap_release(bell.signaller)), "a signaller to release");
}

static inline void ring_bell(struct bell bell, uint64_t bits)
{
    check(outcome_is_done(notification_signal(bell.signaller, bits)), "a signal");
}

/* The bits of the mask that are set, without waiting. */
static inline uint64_t bits_now(struct bell bell, uint64_t mask)
{
    uint64_t bits;
    struct outcome outcome = notification_wait(bell.notification, mask, 1, &bits);

    check(outcome_is_done(outcome) || outcome.code == ERR_TIMED_OUT, "a look at the bits");
    return bits;
}

/* Begins to wait, as the operation ID of this thread. */
static inline void wait_submit(uint64_t id, struct bell bell, uint64_t mask, uint64_t deadline)
{
    struct ring_submission submission = {
        .opcode = RING_WAIT,
        .user_data = id,
        .cap = bell.notification,
        .argument = mask,
        .deadline = deadline,
    };

    check(ring_submit(ring_mine(), &submission), "room in the submission queue");
    check(ring_enter(ring_mine(), 0, 0) == 1, "an operation that is taken");
}

/* The next one to end, which is ID, and how. */
static inline void ended(uint64_t id, err_t expected, uint64_t bits)
{
    struct ring_completion completion;

    check(ring_poll(ring_mine(), &completion), "the end of %lu", id);
    check(completion.user_data == id, "the end of %lu, not of %lu", id, completion.user_data);
    check(completion.status == -(int32_t)expected, "%lu: %s, not %d", id, err_sentence(expected),
          completion.status);
    check(completion.value == bits, "%lu: bits %lx, not %lx", id, bits, completion.value);
}
