/*
 * Clocks and sleeping: the time since boot from the processor, waits over Timer.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What time of day it is, nobody grants yet: those clocks are refused, and read as 1970.
 */
#include "posix/dispatch.h"

#include <errno.h>
#include <time.h>

#include "capos/clock.h"
#include "posix/times.h"

#define NANOSECONDS 1000000000ull

static bool is_clock(long clock)
{
    return clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW ||
           clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_BOOTTIME;
}

bool timespec_is_valid(const struct timespec *time)
{
    return time->tv_sec >= 0 && (unsigned long)time->tv_nsec < NANOSECONDS;
}

uint64_t timespec_nanoseconds(const struct timespec *time)
{
    unsigned __int128 sum = (unsigned __int128)time->tv_sec * NANOSECONDS + (uint64_t)time->tv_nsec;

    return sum < RING_NEVER ? (uint64_t)sum : RING_NEVER;
}

uint64_t deadline_after(const struct timespec *span)
{
    uint64_t now = clock_now(), more = timespec_nanoseconds(span);

    return more < RING_NEVER - now ? now + more : RING_NEVER;
}

static void timespec_set(struct timespec *time, uint64_t nanoseconds)
{
    time->tv_sec = (time_t)(nanoseconds / NANOSECONDS);
    time->tv_nsec = (long)(nanoseconds % NANOSECONDS);
}

/* (clock, time): those who do not look at the error find no accident in the time. */
long times_clock_gettime(const long *arguments)
{
    struct timespec *time = (struct timespec *)arguments[1];

    if (!is_clock(arguments[0])) {
        timespec_set(time, 0);
        return -EINVAL;
    }
    timespec_set(time, clock_now());
    return 0;
}

/* (clock, resolution) */
long times_clock_getres(const long *arguments)
{
    if (!is_clock(arguments[0]))
        return -EINVAL;
    if (arguments[1])
        timespec_set((struct timespec *)arguments[1], 1);
    return 0;
}

static long sleep_until(uint64_t until)
{
    cap_t timer = posix_grant("timer", INTERFACE_TIMER);
    struct outcome outcome;
    struct call call;

    if (timer == CAP_NONE)
        return -ENOTSUP;
    timer_sleep_params_set_until(timer_sleep_open(&call, timer, 0), until);
    outcome = interrupt_call(&call, (1 + TIMER_SLEEP_RESULTS_WORDS) * sizeof(uint64_t));
    call_close(&call);
    return posix_result(outcome);
}

static long sleep_for(const struct timespec *span, struct timespec *left)
{
    uint64_t until, now;
    long result;

    if (!timespec_is_valid(span))
        return -EINVAL;
    until = deadline_after(span);
    result = sleep_until(until);
    now = clock_now();
    if (result && left)
        timespec_set(left, until > now ? until - now : 0);
    return result;
}

/* (span, left) */
long times_nanosleep(const long *arguments)
{
    return sleep_for((const struct timespec *)arguments[0], (struct timespec *)arguments[1]);
}

/* (clock, flags, time, left): a span is the same for every clock; only a time needs its own. */
long times_clock_nanosleep(const long *arguments)
{
    const struct timespec *time = (const struct timespec *)arguments[2];

    if (!is_clock(arguments[0]) && arguments[0] != CLOCK_REALTIME)
        return -EINVAL;
    if (!(arguments[1] & TIMER_ABSTIME))
        return sleep_for(time, (struct timespec *)arguments[3]);
    if (!is_clock(arguments[0]) || !timespec_is_valid(time))
        return -EINVAL;
    return sleep_until(timespec_nanoseconds(time));
}
