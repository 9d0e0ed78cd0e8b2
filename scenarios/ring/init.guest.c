/*
 * Uses its ring in every way that is allowed, and says what came of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define MILLISECOND 1000000ull
#define SOON        (20 * MILLISECOND)
#define FAR         (3600000 * MILLISECOND)

/* The next completion that is there, which must be the one for USER_DATA. */
static struct ring_completion next_is(uint64_t user_data)
{
    struct ring_completion completion;

    check(ring_poll(ring_mine(), &completion), "a completion for %lu", user_data);
    check(completion.user_data == user_data, "the completion for %lu, not %lu", user_data,
          completion.user_data);
    return completion;
}

static void enter(uint32_t min_complete, uint64_t deadline, int64_t expected)
{
    int64_t taken = ring_enter(ring_mine(), min_complete, deadline);

    check(taken == expected, "%ld submissions taken, not %ld", expected, taken);
}

static void submit(const struct ring_submission *submission)
{
    check(ring_submit(ring_mine(), submission), "room in the submission queue");
}

static void batch(void)
{
    for (uint64_t i = 0; i < RING_SUBMISSIONS; i++)
        submit(&(struct ring_submission){.user_data = i, .argument = i * i});
    check(!ring_submit(ring_mine(), &(struct ring_submission){0}), "no room for one more");
    enter(RING_COMPLETIONS, RING_NEVER, RING_SUBMISSIONS);
    for (uint64_t i = 0; i < RING_COMPLETIONS; i++) {
        struct ring_completion completion = next_is(i);

        check(completion.status == 0 && completion.value == i * i, "the argument of %lu", i);
        check(completion.opcode == RING_NOP && completion.n_caps == 0, "a NOP, no more");
    }
    console_printf("32 operations in one cap_enter: all done, in order, each with its argument");
}

/* What is told apart by user_data is the program's affair. */
static void user_data(void)
{
    static const uint64_t numbers[] = {0, UINT64_MAX, 7, 7, 1ull << 63};

    for (unsigned i = 0; i < 5; i++)
        submit(&(struct ring_submission){.user_data = numbers[i]});
    enter(5, RING_NEVER, 5);
    for (unsigned i = 0; i < 5; i++)
        next_is(numbers[i]);
    console_printf("user_data: any number comes back unchanged, twice the same one too");
}

/* More entries than the queues have places, so that the indices go around. */
static void around(void)
{
    for (uint64_t i = 0; i < 1000; i++) {
        submit(&(struct ring_submission){.user_data = i});
        enter(1, RING_NEVER, 1);
        next_is(i);
    }
    console_printf("1000 operations one by one: the queues go around");
}

/* Queues a sleep; its call keeps its place in the arena until the caller closes it. */
static void sleep_submit(struct call *call, uint64_t user_data, uint64_t until)
{
    call_open(call, capos_cap("timer"), INTERFACE_TIMER, TIMER_SLEEP, 2);
    capnp_set_u64(capnp_init_root(&call->params, 1, 0), 0, until);
    check(call_submit(call, 16, user_data) == ERR_OK, "room for a sleep");
}

static uint64_t sleep_woken(struct call *call, uint64_t user_data)
{
    struct ring_completion completion = next_is(user_data);

    check(outcome_is_done(call_read(call, &completion)), "a sleep that ends");
    return capnp_u64(capnp_root(&call->results), 0);
}

static void out_of_order(void)
{
    struct call calls[3];
    uint64_t now = clock_now();

    for (unsigned i = 0; i < 3; i++)
        sleep_submit(&calls[i], i, now + (3 - i) * SOON);
    enter(3, RING_NEVER, 3);
    for (unsigned i = 3; i-- > 0;)
        check(sleep_woken(&calls[i], i) >= now + (3 - i) * SOON, "no sleep to end early");
    for (unsigned i = 0; i < 3; i++)
        call_close(&calls[i]);
    console_printf("three sleeps, longest first: done in the order of their ends, none early");
}

static void minimum(void)
{
    struct call calls[3];
    uint64_t now = clock_now();

    for (unsigned i = 0; i < 3; i++)
        sleep_submit(&calls[i], i, i < 2 ? now + (i + 1) * SOON : now + FAR);
    enter(2, RING_NEVER, 3);
    check(ring_held(ring_mine()) == 2, "2 completions, not %u", ring_held(ring_mine()));
    sleep_woken(&calls[0], 0);
    sleep_woken(&calls[1], 1);
    console_printf("at least 2 of 3: cap_enter returns with 2, the third goes on");
    for (unsigned i = 0; i < 3; i++)
        call_close(&calls[i]);
    check(ring_cancel(ring_mine(), 2) == ERR_NOT_FOUND, "the third to be cancelled");
}

static void deadlines(void)
{
    uint64_t now;

    enter(1, 1, 0);
    console_printf("a deadline in the past: cap_enter returns with nothing");
    enter(1, 0, 0);
    console_printf("no waiting: cap_enter returns with nothing");
    now = clock_now();
    enter(1, now + SOON, 0);
    check(clock_now() >= now + SOON, "cap_enter to wait until its deadline");
    console_printf("a deadline in the future: cap_enter returns with nothing, not before");
    submit(&(struct ring_submission){.user_data = 1});
    enter(0, 0, 1);
    next_is(1);
    console_printf("no waiting, one operation: taken and done");
    check(ring_enter(ring_mine(), RING_COMPLETIONS + 1, 0) == -ERR_BAD_ARGUMENT, "a refusal");
    console_printf("at least 33 completions: %s", err_sentence(ERR_BAD_ARGUMENT));
}

static void park_submit(uint64_t id, const uint32_t *word, uint64_t deadline)
{
    submit(&(struct ring_submission){
        .opcode = RING_PARK,
        .user_data = id,
        .cap = capos_cap("park"),
        .argument = (uint64_t)word,
        .deadline = deadline,
    });
}

/* Waits until there is a completion, without submitting anything. */
static void await_one(void)
{
    int64_t taken = syscall_cap_enter(0, 1, RING_NEVER);

    check(taken == 0, "nothing taken, not %ld", taken);
}

static uint32_t parked;

/* Nothing is taken without a promise that its completion will find a place. */
static void credits(void)
{
    uint64_t now = clock_now();

    /* No credit is left to print with before the end. */
    park_submit(0, &parked, now + SOON);
    park_submit(1, &parked, now + 2 * SOON);
    for (uint64_t i = 2; i < RING_COMPLETIONS; i++)
        park_submit(i, &parked, 0);
    enter(0, 0, RING_COMPLETIONS);
    park_submit(RING_COMPLETIONS, &parked, 0);
    enter(0, 0, 0);
    await_one();
    enter(0, 0, 0);
    check(next_is(0).status == -ERR_TIMED_OUT, "the first to end by its deadline");
    enter(0, 0, 1);
    await_one();
    check(next_is(1).status == -ERR_TIMED_OUT, "the second to end by its deadline");
    console_printf("33 operations that wait: 32 are taken, the last is not");
    console_printf("one of them has ended, nobody has looked: still not");
    console_printf("its completion is consumed: the last is taken");
}

/* Takes everything back that credits() has left waiting. */
static void wake_all(void)
{
    uint64_t woken;
    struct outcome outcome = park_wake(capos_cap("park"), &parked, RING_COMPLETIONS, &woken);

    check(outcome_is_done(outcome) && woken == RING_COMPLETIONS - 1, "31 to wake, not %lu", woken);
    for (uint64_t i = 2; i <= RING_COMPLETIONS; i++)
        check(next_is(i).status == 0, "%lu to be woken", i);
    console_printf("waking all of them: 31 completions at once, in the order of their coming");
}

static void cancelling(void)
{
    struct call call;

    sleep_submit(&call, 5, clock_now() + FAR);
    enter(0, 0, 1);
    check(ring_cancel(ring_mine(), 5) == ERR_OK, "a sleep to be cancelled");
    check(call_wait(&call).code == ERR_CANCELLED, "a cancelled sleep");
    console_printf("cancelling a sleep: done; the sleep: %s", err_sentence(ERR_CANCELLED));
    check(ring_cancel(ring_mine(), 5) == ERR_NOT_FOUND, "nothing left to cancel");
    console_printf("cancelling it once more: malformed, %s", err_sentence(ERR_NOT_FOUND));
    call_close(&call);
}

static void unknown(void)
{
    struct ring_submission submission = {.opcode = RING_OPCODES};

    attempt("no such operation", ring_operate(&submission, NULL), ERR_BAD_OPCODE);
    check(syscall_raw(2, 0, 0, 0) == -ERR_BAD_OPCODE, "a refusal");
    check(syscall_raw(UINT64_MAX, 0, 0, 0) == -ERR_BAD_OPCODE, "a refusal");
    console_printf("no such system call: %s", err_sentence(ERR_BAD_OPCODE));
}

static uint32_t exit_code(const void *arguments, size_t len)
{
    struct process_request request = {
        .image = "leaver",
        .arguments = arguments,
        .arguments_len = len,
        .budget = BUDGET_SMALL,
    };
    struct process_end end;
    cap_t process;

    check(outcome_is_done(process_spawn(capos_cap("processes"), &request, &process)), "a process");
    check(outcome_is_done(process_wait(process, &end.reason, &end.code)), "its end");
    check(end.reason == PROCESS_REASON_EXITED, "an exit");
    cap_release(process);
    return end.code;
}

static void exit_codes(void)
{
    console_printf("a process that ends with 42: exited, %u", exit_code(NULL, 0));
    console_printf("one that ends with 0x700000009: exited, %u", exit_code("", 1));
}

int main(void)
{
    batch();
    user_data();
    around();
    out_of_order();
    minimum();
    deadlines();
    credits();
    wake_all();
    cancelling();
    unknown();
    exit_codes();
    check(ring_mine()->used == 0 && ring_held(ring_mine()) == 0, "nothing left in the ring");
    console_printf("everything about the ring is as it should be");
    return 0;
}
