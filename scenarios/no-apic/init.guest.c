/*
 * Sleeps, and shares one processor among threads that never wait.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define MILLISECOND 1000000ull
#define TURNS       20
#define LOW         2

static struct thread start(int (*run)(void *), void *argument, uint32_t priority)
{
    struct thread thread;

    check(outcome_is_done(thread_start_with(&thread, run, argument, priority)), "a thread");
    return thread;
}

static uint32_t finish(struct thread *thread)
{
    uint32_t code;

    check(outcome_is_done(thread_finish(thread, &code)), "the thread's end");
    return code;
}

/* The PIT counts 55 ms at most: longer sleeps are made of several. */
static void sleeps(void)
{
    static const uint64_t lengths[] = {0, 1, 1000, 20000, 400000, 5000000, 54000000, 200000000};

    for (unsigned i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        uint64_t until = clock_now() + lengths[i], woken;

        check(outcome_is_done(timer_sleep(capos_cap("timer"), until, &woken)), "a sleep");
        check(woken >= until && clock_now() >= woken, "no end before %lu, not %lu", until, woken);
    }
    console_printf("sleeps of 0 to 200 ms: none ends early");
}

/* --- Slices --- */

static uint32_t turns[2];

/* Takes turns with the other one without ever waiting: each sees the other's turn only when the
 * processor was taken from it. */
static int take_turns(void *number)
{
    uint64_t own = (uint64_t)number;

    for (uint32_t i = 1; i <= TURNS; i++) {
        __atomic_store_n(&turns[own], i, __ATOMIC_RELEASE);
        while (__atomic_load_n(&turns[!own], __ATOMIC_ACQUIRE) < i)
            __builtin_ia32_pause();
    }
    return 0;
}

static void slices(void)
{
    struct thread one = start(take_turns, (void *)0, 0), other = start(take_turns, (void *)1, 0);

    finish(&one);
    finish(&other);
    console_printf("two threads that never wait: each had the processor %u times", TURNS);
}

static uint32_t running, stop;

static int run_until_stopped(void *unused)
{
    (void)unused;
    __atomic_store_n(&running, 1, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&stop, __ATOMIC_ACQUIRE))
        __builtin_ia32_pause();
    return 0;
}

static void sleep_for(uint64_t ns)
{
    uint64_t until = clock_now() + ns, woken;

    check(outcome_is_done(timer_sleep(capos_cap("timer"), until, &woken)), "a sleep");
    check(woken >= until, "no end before its time");
}

/* Sleeps five times beside a thread of that priority that never waits. */
static void sleep_beside(uint32_t priority)
{
    struct thread busy;

    running = stop = 0;
    busy = start(run_until_stopped, NULL, priority);
    while (!__atomic_load_n(&running, __ATOMIC_ACQUIRE))
        sleep_for(MILLISECOND);
    for (unsigned i = 0; i < 5; i++)
        sleep_for(3 * MILLISECOND);
    __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
    finish(&busy);
}

/* --- Priorities --- */

static uint32_t low_ran;

static int note_that_it_ran(void *unused)
{
    (void)unused;
    __atomic_store_n(&low_ran, 1, __ATOMIC_RELEASE);
    return 0;
}

/* Runs, without waiting, for many slices. */
static void run_for(uint64_t ns)
{
    uint64_t end = clock_now() + ns;

    while (clock_now() < end)
        __builtin_ia32_pause();
}

static void lower(void)
{
    struct thread low = start(note_that_it_ran, NULL, LOW);

    run_for(50 * MILLISECOND);
    for (unsigned i = 0; i < 100; i++)
        thread_control_yield(capos_cap("thread"));
    check(!__atomic_load_n(&low_ran, __ATOMIC_ACQUIRE), "nobody of a lower priority to run");
    console_printf("a thread of a lower priority: does not run while this one does");
    finish(&low);
    check(low_ran, "it to run when this one waits");
    console_printf("when this one waits: it runs");
}

int main(void)
{
    struct budget before;

    sleeps();
    slices();
    before = ledger_used();
    sleep_beside(0);
    console_printf("sleeping beside a thread that never waits: woken each time");
    sleep_beside(LOW);
    console_printf("the same beside one of a lower priority: woken each time");
    lower();
    ledger_check("everything", before);
    console_printf("one processor is enough: the ledger is as before");
    return 0;
}
