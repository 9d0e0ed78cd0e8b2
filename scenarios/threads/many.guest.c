/*
 * Starts threads until it is refused one, for the reason that its argument says; twice.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define THREADS_MAX 256

static struct thread threads[THREADS_MAX];
static uint32_t gate, begun;

static int wait_at_gate(void *number)
{
    __atomic_fetch_add(&begun, 1, __ATOMIC_RELEASE);
    while (!__atomic_load_n(&gate, __ATOMIC_ACQUIRE))
        park_wait(capos_cap("park"), &gate, 0, RING_NEVER);
    return (int)(uint64_t)number;
}

/* How many there are when one more is refused. */
static uint64_t start_all(err_t expected)
{
    struct outcome outcome;
    uint64_t n = 0;

    __atomic_store_n(&gate, 0, __ATOMIC_RELEASE);
    begun = 0;
    for (;; n++) {
        check(n < THREADS_MAX, "a refusal before the thread %lu", n);
        outcome = thread_start(&threads[n], wait_at_gate, (void *)n);
        if (!outcome_is_done(outcome))
            break;
    }
    check(outcome.code == expected, "%s, not: %s", err_sentence(expected),
          outcome_sentence(outcome));
    while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) != n)
        thread_control_yield(capos_cap("thread"));
    return n;
}

static void finish_all(uint64_t n)
{
    uint64_t woken = 1;

    __atomic_store_n(&gate, 1, __ATOMIC_RELEASE);
    while (woken)
        park_wake(capos_cap("park"), &gate, UINT32_MAX, &woken);
    for (uint64_t i = 0; i < n; i++) {
        uint32_t code;

        check(outcome_is_done(thread_finish(&threads[i], &code)), "the end of thread %lu", i);
        check(code == i, "%lu, not %u", i, code);
    }
}

int main(void)
{
    size_t len;
    const err_t *expected = capos_arguments(&len);
    struct budget before;
    uint64_t n;

    check(len == sizeof(*expected), "a number");
    n = start_all(*expected);
    finish_all(n);
    before = ledger_used();
    check(start_all(*expected) == n, "as many as before");
    finish_all(n);
    ledger_check("all threads", before);
    return 0;
}
