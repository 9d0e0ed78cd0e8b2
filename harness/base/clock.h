/* The host's monotonic clock, for time limits and durations only: no result depends on it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdint.h>
#include <time.h>

/* Milliseconds of CLOCK_MONOTONIC. */
static inline int64_t clock_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What is left until @deadline (of clock_ms), never negative and at most @most, for poll(). */
static inline int clock_left(int64_t deadline, int most)
{
    int64_t left = deadline - clock_ms();
    return left < 0 ? 0 : left > most ? most : (int)left;
}
