/*
 * What the programs that test threads share: starting, joining, and what they expect.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "capos/capos.h"
#include "capos/program.h"

#define EXPECT(condition) check(condition, "%s", #condition)

#define MILLISECOND 1000000l
#define SMALL_STACK 16384

static inline pthread_t start(void *(*run)(void *), void *argument)
{
    pthread_t thread;
    int error = pthread_create(&thread, NULL, run, argument);

    check(error == 0, "a thread, not: %s", strerror(error));
    return thread;
}

/* A thread that needs little. */
static inline pthread_t start_small(void *(*run)(void *), void *argument, int detach_state)
{
    pthread_attr_t attributes;
    pthread_t thread;
    int error;

    pthread_attr_init(&attributes);
    EXPECT(pthread_attr_setstacksize(&attributes, SMALL_STACK) == 0);
    EXPECT(pthread_attr_setdetachstate(&attributes, detach_state) == 0);
    error = pthread_create(&thread, &attributes, run, argument);
    check(error == 0, "a small thread, not: %s", strerror(error));
    pthread_attr_destroy(&attributes);
    return thread;
}

static inline void *join(pthread_t thread)
{
    void *result;
    int error = pthread_join(thread, &result);

    check(error == 0, "an end, not: %s", strerror(error));
    return result;
}

/* Waits until nothing is left of threads that have ended, if that will be: a thread says so a little before all of it is
 * gone. */
static inline void settle(struct budget before)
{
    struct budget now = ledger_used();
    uint64_t end = clock_now() + 1000 * MILLISECOND;

    while (memcmp(&now, &before, sizeof(now)) != 0 && clock_now() < end)
        now = ledger_used();
}
