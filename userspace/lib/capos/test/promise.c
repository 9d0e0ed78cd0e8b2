/*
 * Tests promise.c and call.c: calls of what an earlier call has yet to bring, or has just brought.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel here holds calls until the test ends them, and refuses a promise whose call it does
 * not hold.
 */
#include "capos/call.h"

#include "capos/arena.h"
#include "kernel.h"
#include "kernel/test/check.h"

#define CLIENT    5
#define INTERFACE 0x1234
#define METHOD    3
#define BROUGHT   100 /* what each call brings, plus its user_data */

static struct ring_submission seen[16];
static uint32_t n_seen;
static bool at_once; /* what is called directly ends at once */

static bool is_flying(uint64_t user_data)
{
    for (uint32_t i = 0; i < kernel.n_flying; i++) {
        if (kernel.flying[i].user_data == user_data)
            return true;
    }
    return false;
}

/* Results of one word, and one capability. */
static struct ring_completion results_of(const struct ring_submission *call)
{
    uint64_t *to = kernel_at(call->result);
    struct ring_cap *caps = (struct ring_cap *)(to + 2);

    to[0] = 1ull << 32;
    to[1] = call->user_data;
    caps[0] = (struct ring_cap){BROUGHT + call->user_data, INTERFACE};
    return (struct ring_completion){.result_len = 16, .n_caps = 1};
}

static void take(const struct ring_submission *submission)
{
    seen[n_seen++] = *submission;
    if (submission->flags & RING_PROMISED && !is_flying(submission->cap))
        kernel_complete(submission, (struct ring_completion){.status = -ERR_NOT_FOUND});
    else if (at_once)
        kernel_complete(submission, results_of(submission));
    else
        kernel_keep(submission);
}

static void end(uint64_t user_data, int32_t status)
{
    for (uint32_t i = 0; i < kernel.n_flying; i++) {
        struct ring_submission call = kernel.flying[i];
        struct ring_completion completion = {.status = status, .value = ERR_IN_USE};

        if (call.user_data == user_data) {
            kernel_end(&kernel.flying[i], status == 0 ? results_of(&call) : completion);
            return;
        }
    }
}

/* Whoever waits gets what is in flight, the oldest first. */
static bool end_oldest(void)
{
    if (kernel.n_flying == 0)
        return false;
    end(kernel.flying[0].user_data, 0);
    return true;
}

static void start(void)
{
    kernel_start(take);
    kernel.idle = end_oldest;
    n_seen = 0;
    at_once = false;
}

static err_t open_call(struct call *call, cap_t cap, uint64_t user_data)
{
    call_open(call, cap, INTERFACE, METHOD, 2);
    capnp_set_u64(capnp_init_root(&call->params, 1, 0), 0, user_data);
    return call_submit(call, 64, user_data);
}

static bool is_whole(struct call *call, uint64_t user_data)
{
    return capnp_u64(capnp_root(&call->results), 0) == user_data &&
           call_cap(call, 0) == BROUGHT + user_data;
}

static bool is_clean(void)
{
    ring_enter(ring_mine(), 0, 0);
    return ring_mine()->used == 0 && ring_held(ring_mine()) == 0 && kernel.n_flying == 0;
}

TEST(promise_is_no_handle)
{
    struct call call;

    start();
    call_open(&call, CLIENT, INTERFACE, METHOD, 0);
    for (uint32_t i = 0; i < RING_TRANSFERS_MAX; i++)
        CHECK((uint32_t)call_promise(&call, i) >= 1u << 31);
    CHECK(call_promise(&call, RING_TRANSFERS_MAX) == CAP_NONE);
    call_close(&call);
    CHECK(is_clean());
    PASS;
}

/* Of a call that is closed, or of none: the kernel gets a handle that it will refuse. */
TEST(promise_of_nobody)
{
    struct call calls[3], call;
    cap_t promises[4];

    start();
    for (uint32_t i = 0; i < 3; i++) {
        CHECK(open_call(&calls[i], CLIENT, i) == ERR_OK);
        promises[i] = call_promise(&calls[i], 0);
        CHECK(promises[i] == call_promise(&calls[i], 0));
    }
    promises[3] = promises[2] + (1ul << 32);
    call_open(&call, promises[2] + RING_TRANSFERS_MAX, INTERFACE, METHOD, 0);
    CHECK(call_make(&call, 64).code == ERR_BROKEN_PROMISE);
    call_close(&call);
    call_close(&calls[1]);
    call_close(&calls[0]);
    call_close(&calls[2]);
    for (uint32_t i = 0; i < 4; i++) {
        n_seen = 0;
        call_open(&call, promises[i], INTERFACE, METHOD, 0);
        call_make(&call, 64);
        CHECK(n_seen == 1 && seen[0].cap == promises[i] && seen[0].flags == 0);
        call_close(&call);
    }
    CHECK(is_clean());
    PASS;
}

TEST(promises_have_numbers)
{
    static const uint32_t numbers[] = {UINT32_MAX, 1, 2};
    struct call calls[3];

    start();
    ring_mine()->last_promise = UINT32_MAX - 1;
    for (uint32_t i = 0; i < 3; i++) {
        call_open(&calls[i], CLIENT, INTERFACE, METHOD, 0);
        CHECK(call_promise(&calls[i], 0) >> 32 == numbers[i]);
    }
    for (uint32_t i = 0; i < 3; i++)
        call_close(&calls[i]);
    CHECK(is_clean() && !ring_mine()->promising);
    PASS;
}

TEST(call_of_what_is_under_way)
{
    struct call first, second;

    start();
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1);
    CHECK(open_call(&second, call_promise(&first, 7), 2) == ERR_OK);
    CHECK(ring_enter(ring_mine(), 0, 0) == 1 && seen[1].flags == RING_PROMISED);
    CHECK(seen[1].cap == 1 && seen[1].promised == 7 && seen[1].disclose == 0);
    CHECK(seen[1].interface_id == INTERFACE && seen[1].method == METHOD);
    CHECK(outcome_is_done(call_wait(&second)) && is_whole(&second, 2));
    CHECK(outcome_is_done(call_wait(&first)) && is_whole(&first, 1));
    call_close(&second);
    call_close(&first);
    CHECK(n_seen == 2 && is_clean());
    PASS;
}

/* Neither was taken by the kernel yet; and disclosure goes along. */
TEST(call_of_what_is_queued)
{
    struct call first, second;

    start();
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK);
    call_open(&second, call_promise(&first, 0), INTERFACE, METHOD, 0);
    call_disclose(&second, 5);
    CHECK(outcome_is_done(call_make(&second, 64)) &&
          is_whole(&second, second.submission.user_data));
    CHECK(n_seen == 2 && seen[1].flags == RING_PROMISED && seen[1].disclose == 5);
    call_close(&second);
    CHECK(outcome_is_done(call_wait(&first)));
    call_close(&first);
    CHECK(kernel_released(BROUGHT + 1) == 0 && is_clean());
    CHECK(kernel_released(BROUGHT + 1) == 1);
    PASS;
}

TEST(call_of_what_has_come)
{
    struct call first, second;

    start();
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK && ring_enter(ring_mine(), 1, RING_NEVER) == 1);
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    CHECK(outcome_is_done(call_wait(&second)) && seen[1].flags == 0 && seen[1].cap == BROUGHT + 1);
    call_close(&second);
    CHECK(outcome_is_done(call_wait(&first)));
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    CHECK(outcome_is_done(call_wait(&second)) && seen[2].flags == 0 && seen[2].cap == BROUGHT + 1);
    call_close(&second);
    CHECK(is_whole(&first, 1)); /* takes it */
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    CHECK(outcome_is_done(call_wait(&second)) && seen[3].flags == 0 && seen[3].cap == BROUGHT + 1);
    call_close(&second);
    call_close(&first);
    CHECK(n_seen == 4 && is_clean() && kernel_released(BROUGHT + 1) == 0);
    PASS;
}

/* The earlier call has ended when the kernel takes the later one: as those to its own objects
 * do. */
TEST(call_of_what_comes_at_once)
{
    struct call first, second, third;

    start();
    at_once = true;
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK);
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    CHECK(open_call(&third, call_promise(&second, 0), 3) == ERR_OK);
    CHECK(outcome_is_done(call_wait(&third)) && is_whole(&third, 3));
    CHECK(outcome_is_done(call_wait(&second)) && is_whole(&second, 2));
    CHECK(outcome_is_done(call_wait(&first)) && is_whole(&first, 1));
    CHECK(seen[n_seen - 1].cap == BROUGHT + 2 && seen[n_seen - 1].flags == 0);
    call_close(&third);
    call_close(&second);
    call_close(&first);
    CHECK(is_clean());
    PASS;
}

/* In a loop of the program's own, the same completion comes twice. */
TEST(call_goes_on_in_a_loop)
{
    struct ring_completion completion;
    struct call calls[2];
    uint32_t n_ended = 0, n_read = 0;

    start();
    at_once = true;
    CHECK(open_call(&calls[0], CLIENT, 0) == ERR_OK);
    CHECK(open_call(&calls[1], call_promise(&calls[0], 0), 1) == ERR_OK);
    while (n_ended < 2 && n_read < 10) {
        struct call *call;
        struct outcome outcome;

        CHECK(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK);
        call = &calls[completion.user_data];
        outcome = call_read(call, &completion);
        n_read++;
        if (call_is_under_way(call))
            continue;
        CHECK(outcome_is_done(outcome) && is_whole(call, completion.user_data));
        n_ended++;
    }
    CHECK(n_read == 3);
    call_close(&calls[1]);
    call_close(&calls[0]);
    CHECK(is_clean());
    PASS;
}

TEST(polls_go_on)
{
    struct outcome outcome;
    struct call first, second;

    start();
    at_once = true;
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK);
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    ring_enter(ring_mine(), 0, 0);
    CHECK(!call_poll(&second, &outcome) && ring_enter(ring_mine(), 0, 0) == 1);
    CHECK(call_poll(&second, &outcome) && outcome_is_done(outcome) && is_whole(&second, 2));
    call_close(&second);
    call_close(&first);
    CHECK(is_clean());
    PASS;
}

/* --- In vain --- */

TEST(call_of_what_failed)
{
    struct call first, second;
    struct outcome outcome;

    start();
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1);
    end(1, RING_STATUS_TRUNCATED);
    call_open(&second, call_promise(&first, 0), INTERFACE, METHOD, 0);
    outcome = call_make(&second, 64);
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_IN_USE);
    call_close(&second);
    CHECK(call_wait(&first).code == ERR_IN_USE);
    call_open(&second, call_promise(&first, 0), INTERFACE, METHOD, 0);
    outcome = call_make(&second, 64);
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_BROKEN_PROMISE);
    CHECK_STRING(outcome_sentence(outcome), err_sentence(ERR_BROKEN_PROMISE));
    call_close(&second);
    call_close(&first);
    CHECK(n_seen == 1 && is_clean());
    PASS;
}

/* The kernel says so for the later one, too, but as its own outcome. */
TEST(call_of_what_fails_at_once)
{
    struct call first, second, third;
    struct outcome outcome;

    start();
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK && ring_enter(ring_mine(), 0, 0) == 1);
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    CHECK(open_call(&third, call_promise(&second, 0), 3) == ERR_OK);
    end(1, -ERR_TIMED_OUT);
    outcome = call_wait(&third);
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_TIMED_OUT);
    outcome = call_wait(&second);
    CHECK(outcome.kind == OUTCOME_EXCEPTION && outcome.code == ERR_TIMED_OUT);
    CHECK(call_wait(&first).kind == OUTCOME_TRANSPORT);
    call_close(&third);
    call_close(&second);
    call_close(&first);
    CHECK(is_clean());
    PASS;
}

TEST(index_that_nothing_has)
{
    struct call first, second;

    start();
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK && ring_enter(ring_mine(), 1, RING_NEVER) == 1);
    call_open(&second, call_promise(&first, 1), INTERFACE, METHOD, 0);
    CHECK(call_make(&second, 64).code == ERR_BROKEN_PROMISE);
    call_close(&second);
    call_close(&first);
    CHECK(n_seen == 1 && is_clean());
    PASS;
}

/* The program has the completion in its hands: it is asked for once more, and no oftener. */
TEST(completion_that_nobody_reads)
{
    struct ring_completion completion;
    struct call first, second;

    start();
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK && ring_enter(ring_mine(), 1, RING_NEVER) == 1);
    CHECK(ring_take(ring_mine(), 1, &completion));
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    CHECK(call_wait(&second).code == ERR_BROKEN_PROMISE && n_seen == 3);
    call_close(&second);
    CHECK(outcome_is_done(call_read(&first, &completion)));
    call_close(&first);
    CHECK(is_clean());
    PASS;
}

/* What is closed goes on no more. */
TEST(close_of_what_would_go_on)
{
    struct call first, second;

    start();
    at_once = true;
    CHECK(open_call(&first, CLIENT, 1) == ERR_OK);
    CHECK(open_call(&second, call_promise(&first, 0), 2) == ERR_OK);
    ring_enter(ring_mine(), 0, 0);
    call_close(&second);
    call_close(&first);
    CHECK(n_seen == 2 && is_clean());
    PASS;
}

int main(void)
{
    RUN(promise_is_no_handle);
    RUN(promise_of_nobody);
    RUN(promises_have_numbers);
    RUN(call_of_what_is_under_way);
    RUN(call_of_what_is_queued);
    RUN(call_of_what_has_come);
    RUN(call_of_what_comes_at_once);
    RUN(call_goes_on_in_a_loop);
    RUN(polls_go_on);
    RUN(call_of_what_failed);
    RUN(call_of_what_fails_at_once);
    RUN(index_that_nothing_has);
    RUN(completion_that_nobody_reads);
    RUN(close_of_what_would_go_on);
    TESTS_END;
}
