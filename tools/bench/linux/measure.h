/*
 * What each benchmark of the Linux guest is made of: samples in ticks of the time-stamp counter.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Under QEMU's instruction counting the counter advances by one per guest instruction, and once per
 * element of a REP string.
 */
#pragma once

#include <stdint.h>

/* One operation: the ticks it took, with those of reading the counter. */
typedef uint64_t sample_t(void);

static inline uint64_t tsc(void)
{
    uint32_t low, high;

    __asm__ volatile("rdtsc" : "=a"(low), "=d"(high)::"memory");
    return (uint64_t)high << 32 | low;
}

/*
 * Takes samples, after some that do not count, and prints "bench ID MEDIAN min MINIMUM", less the
 * ticks of reading the counter.
 */
void measure(const char *id, sample_t *sample);
