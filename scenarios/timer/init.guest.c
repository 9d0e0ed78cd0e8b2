/*
 * Asks for the time, sleeps in every way there is, and tries times that nobody will see.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define MILLISECOND 1000000ull
#define FAR         (3600000 * MILLISECOND)

static uint64_t now(void)
{
    uint64_t now;

    check(outcome_is_done(timer_now(capos_cap("timer"), &now)), "the time");
    return now;
}

/* Queues a sleep; its call keeps its place in the arena until the caller closes it. */
static void sleep_submit(struct call *call, uint64_t id, uint64_t until, uint64_t deadline)
{
    call_open(call, capos_cap("timer"), INTERFACE_TIMER, TIMER_SLEEP, 2);
    capnp_set_u64(capnp_init_root(&call->params, 1, 0), 0, until);
    call_set_deadline(call, deadline);
    check(call_submit(call, 16, id) == ERR_OK, "room for a sleep");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a sleep that is taken");
}

static struct outcome sleep_end(struct call *call, uint64_t *woken)
{
    struct outcome outcome = call_wait(call);

    *woken = capnp_u64(capnp_root(&call->results), 0);
    return outcome;
}

/* Between two looks at the processor's own clock, as struct ring tells to read it. */
static void monotonic(void)
{
    uint64_t last = clock_now();

    for (unsigned i = 0; i < 1000; i++) {
        uint64_t kernels = now(), own = clock_now();

        check(kernels >= last && own >= kernels, "a time between %lu and %lu, not %lu", last, own,
              kernels);
        last = own;
    }
    console_printf("1000 times the time: it only goes on, and is what the processor's clock says");
}

/* A time of the kernel's, and the processor's before and after it. */
struct look {
    uint64_t before, kernels, after;
};

static struct look look(void)
{
    struct look look;

    look.before = clock_now();
    look.kernels = now();
    look.after = clock_now();
    return look;
}

static void agreement(void)
{
    struct look first = look(), last;
    uint64_t gone;

    timer_sleep(capos_cap("timer"), first.after + 50 * MILLISECOND, NULL);
    last = look();
    gone = last.kernels - first.kernels;
    check(gone >= last.before - first.after && gone <= last.after - first.before,
          "a clock of the same speed");
    console_printf("50 ms later: both clocks have gone on alike");
}

static void never_early(void)
{
    uint64_t random = 1;

    for (unsigned i = 0; i < 100; i++) {
        uint64_t until, woken;

        random = random * 6364136223846793005 + 1442695040888963407;
        until = clock_now() + (random >> 33) % (5 * MILLISECOND);
        check(outcome_is_done(timer_sleep(capos_cap("timer"), until, &woken)), "a sleep");
        check(woken >= until && clock_now() >= woken, "no end before %lu, not %lu", until, woken);
    }
    console_printf("sleeps of 0 to 5 ms: 100 of them, none ends early");
}

static void past(void)
{
    static const uint64_t times[] = {0, 1, 1000};
    uint64_t before = clock_now(), woken;

    for (unsigned i = 0; i < 3; i++) {
        check(outcome_is_done(timer_sleep(capos_cap("timer"), times[i], &woken)), "a sleep");
        check(woken >= before, "the time, not %lu", woken);
    }
    console_printf("a sleep until a time in the past: over at once, with the time that it is");
}

/* --- Deadlines of the call itself --- */

static void deadline_first(void)
{
    uint64_t deadline = clock_now() + 10 * MILLISECOND, woken;
    struct call call;
    struct outcome outcome;

    sleep_submit(&call, 1, clock_now() + FAR, deadline);
    outcome = sleep_end(&call, &woken);
    call_close(&call);
    attempt("a sleep of an hour, as a call with 10 ms of time", outcome, ERR_TIMED_OUT);
    check(outcome.kind == OUTCOME_TRANSPORT, "no results, and no exception");
    check(clock_now() >= deadline, "no end before the deadline");
}

static void deadline_last(void)
{
    uint64_t until = clock_now() + 10 * MILLISECOND, woken;
    struct call call;
    struct outcome outcome;

    sleep_submit(&call, 1, until, clock_now() + FAR);
    outcome = sleep_end(&call, &woken);
    call_close(&call);
    attempt("a sleep of 10 ms, as a call with an hour of time", outcome, ERR_OK);
    check(woken >= until, "no end before its time");
}

static void deadline_past(void)
{
    uint64_t woken;
    struct call call;

    sleep_submit(&call, 1, clock_now() + FAR, 1);
    attempt("a sleep of an hour, as a call whose time is over", sleep_end(&call, &woken),
            ERR_TIMED_OUT);
    call_close(&call);
}

/* --- Many --- */

#define SLEEPS 30 /* of each thread: some room stays in its ring */

/* Sleeps at once, all until the same time; their calls fit into one page. */
static int sleep_many(void *until)
{
    struct call calls[SLEEPS];
    uint64_t woken;

    for (uint64_t i = 0; i < SLEEPS; i++)
        sleep_submit(&calls[i], i, (uint64_t)until, 0);
    for (uint64_t i = 0; i < SLEEPS; i++) {
        if (!outcome_is_done(sleep_end(&calls[i], &woken)) || woken < (uint64_t)until)
            return 1;
        call_close(&calls[i]);
    }
    return 0;
}

static void many(void)
{
    uint64_t until = clock_now() + 30 * MILLISECOND;

    check(sleep_many((void *)until) == 0, "sleeps that end");
    console_printf("30 sleeps of one thread that end at the same time: none early, none lost");
}

static uint32_t word;

/* Waits with a deadline take no room in the arena. */
static int wait_many(void *until)
{
    struct ring_completion completion;
    uint32_t timed_out = 0;

    for (uint64_t i = 0; i < SLEEPS; i++)
        ring_submit(ring_mine(), &(struct ring_submission){
                                     .opcode = RING_PARK,
                                     .user_data = i,
                                     .cap = capos_cap("park"),
                                     .argument = (uint64_t)&word,
                                     .deadline = (uint64_t)until,
                                 });
    ring_enter(ring_mine(), SLEEPS, RING_NEVER);
    if (clock_now() < (uint64_t)until)
        return 1;
    while (ring_poll(ring_mine(), &completion))
        timed_out += completion.status == -ERR_TIMED_OUT;
    return timed_out != SLEEPS;
}

static void many_threads(void)
{
    uint64_t until = clock_now() + 30 * MILLISECOND;
    struct thread threads[3];
    uint32_t code;

    for (unsigned i = 0; i < 3; i++)
        check(outcome_is_done(thread_start(&threads[i], wait_many, (void *)until)), "a thread");
    for (unsigned i = 0; i < 3; i++)
        check(outcome_is_done(thread_finish(&threads[i], &code)) && code == 0, "30 ends");
    console_printf("90 sleeps that end at the same time: none early, none lost");
}

/* --- Times that nobody will see --- */

static void huge(const char *what, uint64_t until)
{
    struct budget before = ledger_used();
    struct call call;
    uint64_t woken;

    sleep_submit(&call, 1, until, 0);
    timer_sleep(capos_cap("timer"), clock_now() + 2 * MILLISECOND, NULL);
    check(ring_held(ring_mine()) == 0, "a sleep that goes on");
    check(ring_cancel(ring_mine(), 1) == ERR_OK, "a sleep to cancel");
    check(sleep_end(&call, &woken).code == ERR_CANCELLED, "a cancelled sleep");
    call_close(&call);
    ledger_check(what, before);
    console_printf("%s: goes on until it is cancelled", what);
}

static void huge_deadlines(void)
{
    static const uint64_t deadlines[] = {1ull << 63, UINT64_MAX - 1, UINT64_MAX};
    uint64_t woken;

    for (unsigned i = 0; i < 3; i++) {
        struct call call;

        sleep_submit(&call, 1, clock_now() + 2 * MILLISECOND, deadlines[i]);
        check(outcome_is_done(sleep_end(&call, &woken)), "a sleep");
        call_close(&call);
        sleep_submit(&call, 1, clock_now() + 2 * MILLISECOND, 0);
        check(ring_enter(ring_mine(), 1, deadlines[i]) == 0, "a wait with such a deadline");
        check(outcome_is_done(sleep_end(&call, &woken)), "a sleep");
        call_close(&call);
    }
    console_printf("deadlines of 2^63, 2^64 - 2 and none at all: what comes first ends first");
}

static void cancel(void)
{
    struct budget before = ledger_used();
    struct call calls[3];
    uint64_t woken;

    for (uint64_t i = 0; i < 3; i++)
        sleep_submit(&calls[i], i, clock_now() + FAR, 0);
    check(ledger_used().timers == before.timers + 3, "three timers in use");
    for (unsigned i = 0; i < 3; i++) {
        uint64_t id = (i + 1) % 3;

        check(ring_cancel(ring_mine(), id) == ERR_OK, "a sleep to cancel");
        check(sleep_end(&calls[id], &woken).code == ERR_CANCELLED, "a cancelled sleep");
        check(ring_cancel(ring_mine(), id) == ERR_NOT_FOUND, "nothing left to cancel");
        call_close(&calls[id]);
    }
    ledger_check("cancelled sleeps", before);
    console_printf("three sleeps, cancelled in another order: each one once, and paid back");
}

/* Sleeps for ever, and ends. */
static int leave(void *unused)
{
    struct call call;

    (void)unused;
    sleep_submit(&call, 1, clock_now() + FAR, 0);
    return 0;
}

static void ended_thread(void)
{
    struct budget before = ledger_used();
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, leave, NULL)), "a thread");
    check(outcome_is_done(thread_finish(&thread, NULL)), "its end");
    ledger_check("a sleep of a thread that has ended", before);
    console_printf("a sleep of a thread that ends: paid back");
}

static void limited(void)
{
    struct process_end end = program_run(
        "limited", NULL, 0,
        (struct budget){.frames = 256, .objects = 8, .calls = 20, .timers = 8, .caps = 32});

    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end, not %u", end.code);
}

int main(void)
{
    struct budget before;

    monotonic();
    agreement();
    never_early();
    past();
    deadline_first();
    deadline_last();
    deadline_past();
    before = ledger_used();
    many();
    many_threads();
    huge("a sleep until 2^63", 1ull << 63);
    huge("a sleep until 2^64 - 2", UINT64_MAX - 1);
    huge("a sleep until 2^64 - 1", UINT64_MAX);
    huge_deadlines();
    cancel();
    ended_thread();
    limited();
    ledger_check("everything", before);
    console_printf("time goes on, and nothing is left to wait for: the ledger is as before");
    return 0;
}
