/*
 * Waits that end without a bit: by deadline, CANCEL, the end of who waits. No bit is lost with
 * them.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bell.h"
#include "capos/program.h"

static void cancelled(struct bell bell)
{
    wait_submit(1, bell, 1, 0);
    check(ring_cancel(ring_mine(), 1) == ERR_OK, "a wait to cancel");
    ended(1, ERR_CANCELLED, 0);
    ring_bell(bell, 1);
    check(bits_now(bell, 1) == 1, "the bit for the next one");
    console_printf("a wait that is cancelled: the next signal stays for the next wait");
}

static void too_late(struct bell bell)
{
    uint64_t end = clock_now() + 20 * MILLISECOND;

    attempt("waiting for 20 ms", notification_wait(bell.notification, 1, end, NULL), ERR_TIMED_OUT);
    check(clock_now() >= end, "no end before the deadline");
    ring_bell(bell, 1);
    attempt("waiting until a time in the past, with the bit set",
            notification_wait(bell.notification, 1, 1, NULL), ERR_OK);
    attempt("the same without", notification_wait(bell.notification, 1, 1, NULL), ERR_TIMED_OUT);
    wait_submit(1, bell, 1, clock_now() + FAR);
    ring_bell(bell, 1);
    ended(1, ERR_OK, 1);
    console_printf("a signal long before the deadline: woken");
}

/* An operation keeps the notification; with the last capability gone nobody can signal, but who
 * waits can end it. */
static void released(void)
{
    struct budget before = ledger_used();
    struct bell bell = bell_open();

    wait_submit(1, bell, 1, 0);
    bell_close(bell);
    check(ring_held(ring_mine()) == 0, "a wait that goes on");
    check(ledger_used().objects == before.objects + 1, "a notification that is still paid for");
    check(ring_cancel(ring_mine(), 1) == ERR_OK, "a wait to cancel");
    ended(1, ERR_CANCELLED, 0);
    ledger_check("the wait", before);
    console_printf("a wait whose capabilities are released: goes on until it is cancelled, and "
                   "nothing is left");
}

/* Ends while it waits. */
static int leave(void *bell)
{
    wait_submit(1, *(struct bell *)bell, 1, 0);
    wait_submit(2, *(struct bell *)bell, 3, clock_now() + FAR);
    return 0;
}

static void ended_thread(struct bell bell)
{
    struct budget before = ledger_used();
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, leave, &bell)), "a thread");
    check(outcome_is_done(thread_finish(&thread, NULL)), "its end");
    ring_bell(bell, 3);
    check(bits_now(bell, 3) == 3, "both bits");
    ledger_check("its waits", before);
    console_printf("a thread that ends with two waits under way: the bits are still there");
}

/* The other process says when it is about to wait; what it then takes, nobody else gets. */
static void ended_process(struct bell bell)
{
    struct bell ready = bell_open();
    const struct process_grant more[] = {{"bell", bell.notification}, {"ready", ready.signaller}};
    cap_t process = program_start("waiter", NULL, 0, BUDGET_PEER, more, 2);
    uint64_t bits;

    check(outcome_is_done(notification_wait(ready.notification, 1, RING_NEVER, &bits)), "a waiter");
    ring_bell(bell, 1);
    check(outcome_is_done(notification_wait(ready.notification, 2, RING_NEVER, &bits)), "its word");
    check(bits_now(bell, UINT64_MAX) == 0, "that it has taken the bit");
    console_printf("another process that waits: woken, and the bit is gone");
    check(outcome_is_done(process_terminate(process)), "its end");
    check(program_finish(process).reason == PROCESS_REASON_TERMINATED, "that end");
    ring_bell(bell, 1);
    check(bits_now(bell, 1) == 1, "the bit for us");
    console_printf("a waiting process that is terminated: the next signal stays for others");
    bell_close(ready);
}

#define ROUNDS 50
#define WAITS  16

/* All bits at once, just when their waits are over: each is taken by its wait, or left. */
static void races(struct bell bell)
{
    uint64_t taken = 0, left = 0;

    for (unsigned round = 0; round < ROUNDS; round++) {
        uint64_t deadline = clock_now() + MILLISECOND / 4;

        for (uint64_t id = 0; id < WAITS; id++)
            wait_submit(id, bell, 1ull << id, deadline);
        while (clock_now() < deadline)
            continue;
        ring_bell(bell, (1ull << WAITS) - 1);
        for (unsigned i = 0; i < WAITS; i++) {
            struct ring_completion completion;

            check(ring_next(ring_mine(), RING_NEVER, &completion) == ERR_OK, "an end");
            check(completion.status == (completion.value ? 0 : -ERR_TIMED_OUT), "bits, or no time");
            taken += completion.value != 0;
        }
        for (uint64_t bit = 0; bit < WAITS; bit++)
            left += bits_now(bell, 1ull << bit) != 0;
    }
    check(taken + left == ROUNDS * WAITS, "800 bits, not %lu and %lu", taken, left);
    console_printf("800 waits, signalled just when their time is over: each bit is taken, or left");
}

int main(void)
{
    struct bell bell = bell_open();

    cancelled(bell);
    too_late(bell);
    released();
    ended_thread(bell);
    ended_process(bell);
    races(bell);
    bell_close(bell);
    return 0;
}
