/*
 * The life of a thread, and waking one.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "samples.h"

static _Atomic uint32_t wake_word, answer_word;
static uint64_t resumed_at;

static void word_wait(_Atomic uint32_t *word)
{
    while (!*word)
        syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, NULL);
    *word = 0;
}

static void word_wake(_Atomic uint32_t *word)
{
    *word = 1;
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1);
}

static _Noreturn void *sleeper(void *unused)
{
    (void)unused;
    for (;;) {
        word_wait(&wake_word);
        resumed_at = tsc();
        word_wake(&answer_word);
    }
}

static void *nothing(void *unused)
{
    return unused;
}

static pthread_t thread_create(void *(*run)(void *))
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, run, NULL))
        _exit(1);
    return thread;
}

uint64_t sample_thread(void)
{
    uint64_t from = tsc();

    pthread_join(thread_create(nothing), NULL);
    return tsc() - from;
}

uint64_t sample_park(void)
{
    static bool started;

    if (!started)
        thread_create(sleeper);
    started = true;
    sched_yield(); /* the sleeper may have been preempted on its way to sleep */

    uint64_t from = tsc();

    word_wake(&wake_word);
    word_wait(&answer_word);
    return resumed_at - from;
}
