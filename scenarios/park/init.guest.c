/*
 * Waits at words of its memory in every way there is, and builds a mutex and a condition on it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define MILLISECOND 1000000ull
#define FAR         (3600000 * MILLISECOND)
#define KERNEL      0xffffffff80000000
#define NOWHERE     0x500000000000

static uint32_t word, other_word;

static void park_submit(uint64_t id, uint64_t address, uint64_t deadline)
{
    struct ring_submission submission = {
        .opcode = RING_PARK,
        .user_data = id,
        .cap = capos_cap("park"),
        .argument = address,
        .deadline = deadline,
    };

    check(ring_submit(ring_mine(), &submission), "room in the submission queue");
    check(ring_enter(ring_mine(), 0, 0) == 1, "an operation that is taken");
}

/* The next one to end, which is ID, and how. */
static void ended(uint64_t id, err_t expected)
{
    struct ring_completion completion;

    check(ring_poll(ring_mine(), &completion), "the end of %lu", id);
    check(completion.user_data == id, "the end of %lu, not of %lu", id, completion.user_data);
    check(completion.status == -(int32_t)expected, "%lu: %s, not %d", id, err_sentence(expected),
          completion.status);
}

static uint64_t wake(const void *address, uint32_t n)
{
    uint64_t woken;

    check(outcome_is_done(park_wake(capos_cap("park"), address, n, &woken)), "a wake");
    return woken;
}

/* --- One who waits --- */

static void wake_one(void)
{
    park_submit(1, (uint64_t)&word, 0);
    check(ring_held(ring_mine()) == 0, "nobody to wake it");
    check(wake(&word, 1) == 1, "one to wake");
    ended(1, ERR_OK);
    console_printf("waiting at a word, and being woken: done");
    check(wake(&word, UINT32_MAX) == 0, "nobody to wake");
    console_printf("waking whoever is there, when nobody is: 0 woken");
}

static void mismatch(void)
{
    cap_t park = capos_cap("park");

    word = 5;
    attempt("waiting while a word is 4, and it is 5", park_wait(park, &word, 4, RING_NEVER),
            ERR_MISMATCH);
    attempt("the same with a deadline in the past", park_wait(park, &word, 4, 1), ERR_MISMATCH);
    word = 0;
}

static void timeout(void)
{
    uint64_t end = clock_now() + 20 * MILLISECOND;
    cap_t park = capos_cap("park");

    attempt("waiting for 20 ms", park_wait(park, &word, 0, end), ERR_TIMED_OUT);
    check(clock_now() >= end, "no end before the deadline");
    attempt("waiting until a time in the past", park_wait(park, &word, 0, 1), ERR_TIMED_OUT);
    check(wake(&word, UINT32_MAX) == 0, "nobody to wake after that");
    park_submit(1, (uint64_t)&word, clock_now() + FAR);
    check(wake(&word, 1) == 1, "one to wake");
    ended(1, ERR_OK);
    console_printf("being woken long before the deadline: done");
}

static void cancel(void)
{
    park_submit(1, (uint64_t)&word, 0);
    check(ring_cancel(ring_mine(), 1) == ERR_OK, "an operation to cancel");
    ended(1, ERR_CANCELLED);
    check(wake(&word, UINT32_MAX) == 0, "nobody to wake after that");
    console_printf("waiting, and cancelled: %s", err_sentence(ERR_CANCELLED));
}

/* --- Several who wait --- */

static void order(void)
{
    for (uint64_t id = 1; id <= 3; id++)
        park_submit(id, (uint64_t)&word, 0);
    for (uint64_t id = 1; id <= 3; id++) {
        check(wake(&word, 1) == 1, "one to wake");
        ended(id, ERR_OK);
    }
    console_printf("three who wait at one word: woken one by one, in the order of their coming");
}

static void some_of_them(void)
{
    for (uint64_t id = 1; id <= 5; id++)
        park_submit(id, (uint64_t)&word, 0);
    check(wake(&word, 0) == 0, "nobody to wake");
    console_printf("five who wait, 0 to be woken: 0 woken");
    check(ring_cancel(ring_mine(), 2) == ERR_OK, "the second to be cancelled");
    ended(2, ERR_CANCELLED);
    check(wake(&word, 2) == 2, "two to wake");
    ended(1, ERR_OK);
    ended(3, ERR_OK);
    console_printf("the second cancelled, 2 to be woken: the first and the third");
    check(wake(&word, 100) == 2, "the rest to wake");
    ended(4, ERR_OK);
    ended(5, ERR_OK);
    console_printf("100 to be woken: the fourth and the fifth, 2 woken");
}

static void two_words(void)
{
    park_submit(1, (uint64_t)&word, 0);
    park_submit(2, (uint64_t)&other_word, 0);
    check(wake(&other_word, UINT32_MAX) == 1, "one to wake at the other word");
    ended(2, ERR_OK);
    check(ring_held(ring_mine()) == 0, "the first to wait on");
    check(wake(&word, UINT32_MAX) == 1, "one to wake");
    ended(1, ERR_OK);
    console_printf("waking at one word: whoever waits at the next word waits on");
}

/* Ends while it waits, twice. */
static int leave(void *unused)
{
    (void)unused;
    park_submit(1, (uint64_t)&word, 0);
    park_submit(2, (uint64_t)&other_word, clock_now() + FAR);
    return 0;
}

static void ended_threads(void)
{
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, leave, NULL)), "a thread");
    check(outcome_is_done(thread_finish(&thread, NULL)), "its end");
    check(wake(&word, UINT32_MAX) == 0 && wake(&other_word, UINT32_MAX) == 0, "nobody to wake");
    console_printf("a thread that ends with two waits under way: 0 woken, nothing is left of them");
}

/* --- Places --- */

static uint64_t map(uint64_t at)
{
    check(outcome_is_done(vm_map(capos_cap("memory"), at, 1, ACCESS_READ_WRITE, &at)), "a page");
    return at;
}

static void unmap(uint64_t at)
{
    check(outcome_is_done(vm_unmap(capos_cap("memory"), at, 1)), "the page gone");
}

static void places(void)
{
    cap_t park = capos_cap("park");
    const uint8_t *bytes = (const uint8_t *)&word;
    uint64_t page = map(0);

    attempt("a word on a page that is not mapped", park_wait(park, (void *)NOWHERE, 0, 1),
            ERR_BAD_ADDRESS);
    attempt("a word in the null page", park_wait(park, NULL, 0, 1), ERR_BAD_ADDRESS);
    attempt("a word in the kernel", park_wait(park, (void *)KERNEL, 0, 1), ERR_BAD_ADDRESS);
    attempt("a word at what is no address", park_wait(park, (void *)(1ull << 47), 0, 1),
            ERR_BAD_ADDRESS);
    attempt("the last word there is", park_wait(park, (void *)(UINT64_MAX - 3), 0, 1),
            ERR_BAD_ADDRESS);
    for (unsigned i = 1; i < 4; i++)
        attempt("a word that is not aligned", park_wait(park, (const void *)(bytes + i), 0, 1),
                ERR_BAD_ADDRESS);
    check(outcome_is_done(vm_protect(capos_cap("memory"), page, 1, ACCESS_READ)), "read only");
    attempt("a word that can only be read", park_wait(park, (void *)page, 0, 1), ERR_TIMED_OUT);
    check(outcome_is_done(vm_protect(capos_cap("memory"), page, 1, ACCESS_NONE)), "no access");
    attempt("a word that cannot even be read", park_wait(park, (void *)page, 0, 1),
            ERR_BAD_ADDRESS);
    unmap(page);
    attempt("a word in the ring", park_wait(park, &ring_mine()->ring->version, 0, 1), ERR_MISMATCH);
}

static void places_to_wake(void)
{
    cap_t park = capos_cap("park");

    attempt("waking at a word that is not mapped", park_wake(park, (void *)NOWHERE, 1, NULL),
            ERR_OK);
    attempt("waking in the null page", park_wake(park, NULL, 1, NULL), ERR_BAD_ADDRESS);
    attempt("waking in the kernel", park_wake(park, (void *)KERNEL, 1, NULL), ERR_BAD_ADDRESS);
    attempt("waking at a word that is not aligned",
            park_wake(park, (const void *)((uint8_t *)&word + 2), 1, NULL), ERR_BAD_ADDRESS);
}

static void capabilities(void)
{
    attempt("waiting with the timer's capability", park_wait(capos_cap("timer"), &word, 0, 1),
            ERR_BAD_INTERFACE);
    attempt("waiting with none", park_wait(CAP_NONE, &word, 0, 1), ERR_BAD_HANDLE);
    attempt("waking with the timer's capability", park_wake(capos_cap("timer"), &word, 1, NULL),
            ERR_BAD_INTERFACE);
}

/* Who waits holds on to the address, not to the memory there. */
static void unmapped(void)
{
    uint64_t page = map(0);

    park_submit(1, page, 0);
    unmap(page);
    check(ring_held(ring_mine()) == 0, "the first to wait on");
    check(wake((void *)page, 1) == 1, "one to wake");
    ended(1, ERR_OK);
    console_printf("a word that is unmapped: whoever waits there waits on, and can be woken");
    page = map(page);
    park_submit(2, page, 0);
    unmap(page);
    map(page);
    *(volatile uint32_t *)page = 1;
    check(ring_held(ring_mine()) == 0, "the second to wait on");
    check(wake((void *)page, 1) == 1, "one to wake");
    ended(2, ERR_OK);
    console_printf("a word that is unmapped, and mapped anew: the same");
    unmap(page);
}

/* The same address means another word in another process. */
static void other_process(void)
{
    uint64_t address = (uint64_t)&word;
    struct process_end end;

    park_submit(1, address, 0);
    end = program_run("stranger", &address, sizeof(address), BUDGET_SMALL);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end, not %u", end.code);
    check(ring_held(ring_mine()) == 0, "nobody to be woken from outside");
    console_printf("whoever waits here while another process wakes there: waits on");
    check(wake(&word, UINT32_MAX) == 1, "one to wake");
    ended(1, ERR_OK);
}

/* All deadlines at once, some woken just then: each one ends once. */
static void races(void)
{
    uint64_t woken = 0, ends = 0, timed_out = 0;

    for (unsigned round = 0; round < 50; round++) {
        uint64_t deadline = clock_now() + MILLISECOND / 4;

        for (uint64_t id = 0; id < 16; id++)
            park_submit(id, (uint64_t)&word, deadline);
        while (clock_now() < deadline)
            continue;
        woken += wake(&word, 8);
        for (unsigned i = 0; i < 16; i++) {
            struct ring_completion completion;

            check(ring_enter(ring_mine(), 1, RING_NEVER) == 0, "nothing to be taken");
            check(ring_poll(ring_mine(), &completion), "an end");
            ends += completion.status == 0;
            timed_out += completion.status == -ERR_TIMED_OUT;
        }
    }
    check(ends == woken && ends + timed_out == 50 * 16, "800 ends, not %lu and %lu", ends,
          timed_out);
    console_printf("800 waits, woken just when their time is over: each ends once, one way or the "
                   "other");
}

/* --- A mutex and a condition --- */

#define THREADS    4
#define INCREMENTS 10000

/* 0: free, 1: taken, 2: taken, and somebody waits. */
static void lock(uint32_t *mutex)
{
    uint32_t seen = 0;

    if (__atomic_compare_exchange_n(mutex, &seen, 1, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
        return;
    while (__atomic_exchange_n(mutex, 2, __ATOMIC_ACQUIRE) != 0)
        park_wait(capos_cap("park"), mutex, 2, RING_NEVER);
}

static void unlock(uint32_t *mutex)
{
    if (__atomic_exchange_n(mutex, 0, __ATOMIC_RELEASE) == 2)
        park_wake(capos_cap("park"), mutex, 1, NULL);
}

/* Lets go of the mutex until somebody has changed something. */
static void condition_wait(uint32_t *condition, uint32_t *mutex)
{
    uint32_t seen = __atomic_load_n(condition, __ATOMIC_RELAXED);

    unlock(mutex);
    park_wait(capos_cap("park"), condition, seen, RING_NEVER);
    lock(mutex);
}

static void condition_wake(uint32_t *condition)
{
    __atomic_fetch_add(condition, 1, __ATOMIC_RELEASE);
    park_wake(capos_cap("park"), condition, UINT32_MAX, NULL);
}

static uint32_t mutex, changed;
static volatile uint64_t counter;

/* Holds the mutex for some time, so that others come meanwhile. */
static int increment(void *unused)
{
    (void)unused;
    for (unsigned i = 0; i < INCREMENTS; i++) {
        uint64_t seen;

        lock(&mutex);
        seen = counter;
        if (i % 64 == 0)
            thread_control_yield(capos_cap("thread"));
        counter = seen + 1;
        unlock(&mutex);
    }
    return 0;
}

static void run_all(int (*const *run)(void *))
{
    struct thread threads[THREADS];

    for (uint64_t i = 0; i < THREADS; i++)
        check(outcome_is_done(thread_start(&threads[i], run[i], (void *)i)), "a thread");
    for (unsigned i = 0; i < THREADS; i++)
        check(outcome_is_done(thread_finish(&threads[i], NULL)), "its end");
}

static void exact(void)
{
    static int (*const run[THREADS])(void *) = {increment, increment, increment, increment};

    run_all(run);
    check(counter == THREADS * INCREMENTS, "%u, not %lu", THREADS * INCREMENTS, counter);
    check(mutex == 0, "a mutex that is free");
    console_printf("a mutex, 4 threads, 10000 increments each: %lu", counter);
}

#define PLACES 4
#define ITEMS  1000 /* of each producer */

static struct {
    uint64_t items[PLACES];
    uint32_t head, tail;
    uint64_t sum, taken;
} queue;

static void put(uint64_t item)
{
    lock(&mutex);
    while (queue.tail - queue.head == PLACES)
        condition_wait(&changed, &mutex);
    queue.items[queue.tail++ % PLACES] = item;
    unlock(&mutex);
    condition_wake(&changed);
}

static int produce(void *number)
{
    for (uint64_t i = 0; i < ITEMS; i++)
        put((uint64_t)number * ITEMS + i);
    return 0;
}

static int consume(void *unused)
{
    (void)unused;
    for (unsigned i = 0; i < ITEMS; i++) {
        lock(&mutex);
        while (queue.tail == queue.head)
            condition_wait(&changed, &mutex);
        queue.sum += queue.items[queue.head++ % PLACES];
        queue.taken++;
        unlock(&mutex);
        condition_wake(&changed);
    }
    return 0;
}

static void condition(void)
{
    static int (*const run[THREADS])(void *) = {produce, produce, consume, consume};
    uint64_t n = 2 * ITEMS, sum = n * (n - 1) / 2;

    run_all(run);
    check(queue.taken == n && queue.sum == sum, "all items, not %lu, sum %lu", queue.taken,
          queue.sum);
    console_printf("a queue of 4 places, 2 producers, 2 consumers: %lu items, each once",
                   queue.taken);
}

int main(void)
{
    struct budget before;

    wake_one();
    mismatch();
    timeout();
    cancel();
    order();
    some_of_them();
    two_words();
    ended_threads();
    before = ledger_used();
    places();
    places_to_wake();
    capabilities();
    unmapped();
    other_process();
    races();
    exact();
    condition();
    ledger_check("everything", before);
    console_printf("whoever waited is awake: the ledger is as before");
    return 0;
}
