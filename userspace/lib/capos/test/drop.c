/*
 * Tests cap_drop() and ring_next() of ring.c.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/ring.h"

#include "kernel.h"
#include "kernel/test/check.h"

/* PARK stands for an operation that goes on until somebody ends it, by idle(). */
static void keep(const struct ring_submission *submission)
{
    kernel_keep(submission);
}

static bool end_oldest(void)
{
    const struct ring_submission *oldest = kernel_kept(RING_PARK);

    if (!oldest)
        return false;
    kernel_end(oldest, (struct ring_completion){0});
    return true;
}

static struct ring_client *start(void)
{
    kernel_start(keep);
    return ring_mine();
}

static bool submit_park(uint64_t user_data)
{
    return ring_submit(ring_mine(),
                       &(struct ring_submission){.opcode = RING_PARK, .user_data = user_data});
}

TEST(drop_waits_for_the_next_submission)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    CHECK(cap_drop(7) == ERR_OK && cap_drop(CAP_NONE) == ERR_OK);
    CHECK(kernel.n_entered == 0 && ring_pending(client) == 0);
    CHECK(ring_do(client, &(struct ring_submission){.opcode = RING_NOP}, &completion) == ERR_OK);
    CHECK(kernel.n_entered == 1);
    CHECK(kernel.n_released == 1 && kernel_released(7) == 1);
    CHECK(ring_held(client) == 0 && ring_credit(client) == RING_COMPLETIONS);
    PASS;
}

/* A thread's last call ends it: what it has dropped goes before. */
TEST(drop_goes_ahead)
{
    struct ring_client *client = start();

    cap_drop(7);
    CHECK(submit_park(1));
    CHECK(client->ring->sq[0].opcode == RING_RELEASE && client->ring->sq[1].opcode == RING_PARK);
    PASS;
}

/* A wait is for the program's own completion, and enters the kernel once. */
TEST(drop_ends_no_wait)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    kernel.idle = end_oldest;
    cap_drop(7);
    cap_drop(8);
    CHECK(submit_park(1));
    CHECK(ring_wait(client, 1, &completion) == ERR_OK && completion.user_data == 1);
    CHECK(kernel.n_entered == 1 && kernel.n_released == 2);
    cap_drop(10);
    CHECK(ring_do(client, &(struct ring_submission){.opcode = RING_PARK}, &completion) == ERR_OK);
    CHECK(kernel.n_entered == 2 && kernel.n_released == 3);
    cap_drop(9);
    CHECK(submit_park(2));
    CHECK(ring_enter(client, 1, RING_NEVER) == 2);
    CHECK(ring_poll(client, &completion) && completion.user_data == 2);
    CHECK(!ring_poll(client, &completion) && kernel.n_entered == 3);
    PASS;
}

/* Completions of releases stand before, between and behind those of the program. */
TEST(drop_is_not_seen)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    for (uint64_t i = 1; i <= 3; i++) {
        cap_drop(i);
        ring_submit(client, &(struct ring_submission){.opcode = RING_NOP, .user_data = i});
    }
    cap_drop(4);
    CHECK(ring_enter(client, 0, 0) == 7 && kernel.n_released == 4);
    CHECK(ring_held(client) == 3);
    CHECK(ring_take(client, 2, &completion) && completion.user_data == 2);
    CHECK(ring_poll(client, &completion) && completion.user_data == 1);
    CHECK(ring_poll(client, &completion) && completion.user_data == 3);
    CHECK(!ring_poll(client, &completion));
    PASS;
}

/* What the program submits goes first when there is credit for one only. */
TEST(drop_takes_no_credit)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    for (uint64_t i = 1; i < RING_COMPLETIONS; i++)
        CHECK(submit_park(i));
    CHECK(ring_enter(client, 0, 0) == RING_COMPLETIONS - 1);
    cap_drop(7);
    CHECK(ring_do(client, &(struct ring_submission){.opcode = RING_NOP}, &completion) == ERR_OK);
    CHECK(ring_next(client, 0, &completion) == ERR_TIMED_OUT);
    CHECK(kernel.n_released == 1 && ring_held(client) == 0);
    PASS;
}

TEST(drop_in_large_numbers)
{
    struct ring_client *client = start();

    for (cap_t cap = 1; cap <= 3 * RING_DROPS_MAX; cap++)
        CHECK(cap_drop(cap) == ERR_OK);
    CHECK(kernel.n_released >= 2 * RING_DROPS_MAX);
    ring_enter(client, 0, 0);
    for (cap_t cap = 1; cap <= 3 * RING_DROPS_MAX; cap++)
        CHECK(kernel_released(cap) == 1);
    PASS;
}

TEST(drop_without_room)
{
    struct ring_client *client = start();

    for (uint64_t i = 1; i <= RING_COMPLETIONS; i++)
        CHECK(submit_park(i));
    CHECK(ring_enter(client, 0, 0) == RING_COMPLETIONS);
    for (cap_t cap = 1; cap <= RING_DROPS_MAX; cap++)
        CHECK(cap_drop(cap) == ERR_OK);
    CHECK(cap_drop(99) == ERR_NO_CALLS && kernel.n_released == 0);
    PASS;
}

TEST(next_takes_what_comes)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    CHECK(ring_next(client, 0, &completion) == ERR_TIMED_OUT);
    CHECK(submit_park(1) && submit_park(2));
    CHECK(ring_next(client, 1000, &completion) == ERR_TIMED_OUT);
    kernel.idle = end_oldest;
    CHECK(ring_next(client, RING_NEVER, &completion) == ERR_OK && completion.user_data == 1);
    CHECK(ring_next(client, RING_NEVER, &completion) == ERR_OK && completion.user_data == 2);
    CHECK(ring_next(client, 0, &completion) == ERR_TIMED_OUT);
    PASS;
}

/* As when a promised call has to go on; the time may be over then. */
TEST(next_waits_on_after_an_early_end)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    kernel.idle = end_oldest;
    for (uint64_t deadline = RING_NEVER; deadline >= RING_NEVER - 1; deadline--) {
        kernel.n_early = 2;
        kernel.n_entered = 0;
        CHECK(submit_park(1));
        CHECK(ring_next(client, deadline, &completion) == ERR_OK && completion.user_data == 1);
        CHECK(kernel.n_entered == 3);
    }
    kernel.n_early = 2;
    CHECK(submit_park(1));
    CHECK(ring_next(client, 1000, &completion) == ERR_TIMED_OUT && kernel.n_early == 1);
    PASS;
}

/* More is queued than there is credit for, and what is taken ends with a release. */
TEST(next_is_not_ended_by_a_release)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    for (uint64_t i = 1; i <= RING_COMPLETIONS - 3; i++)
        CHECK(submit_park(i));
    ring_enter(client, 0, 0);
    cap_drop(7);
    for (uint64_t i = RING_COMPLETIONS - 2; i <= RING_COMPLETIONS + 1; i++)
        CHECK(submit_park(i));
    kernel.idle = end_oldest;
    CHECK(ring_next(client, RING_NEVER, &completion) == ERR_OK && completion.user_data == 1);
    CHECK(kernel.n_released == 1);
    PASS;
}

/* A drop may have entered the kernel meanwhile. */
TEST(finish_of_what_has_ended)
{
    struct ring_client *client = start();
    struct ring_completion completion;

    ring_submit(client, &(struct ring_submission){.opcode = RING_NOP, .user_data = 5});
    for (cap_t cap = 1; cap <= RING_DROPS_MAX + 1; cap++)
        CHECK(cap_drop(cap) == ERR_OK);
    CHECK(ring_held(client) == 1);
    CHECK(ring_finish(client, 5, &completion) == ERR_OK && completion.user_data == 5);
    PASS;
}

int main(void)
{
    RUN(drop_waits_for_the_next_submission);
    RUN(drop_goes_ahead);
    RUN(drop_ends_no_wait);
    RUN(drop_is_not_seen);
    RUN(drop_takes_no_credit);
    RUN(drop_in_large_numbers);
    RUN(drop_without_room);
    RUN(finish_of_what_has_ended);
    RUN(next_takes_what_comes);
    RUN(next_waits_on_after_an_early_end);
    RUN(next_is_not_ended_by_a_release);
    TESTS_END;
}
