/*
 * Takes samples in ticks of the time-stamp counter and prints their median and minimum.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Where QEMU counts instructions the counter advances by one with each, so a difference is how many
 * an operation took. For one thread.
 */
#pragma once

#include "capos/capos.h"

#define ROUNDS 201

extern uint64_t samples[ROUNDS];

static inline uint64_t ticks(void)
{
    uint32_t low, high;

    __asm__ volatile("lfence; rdtsc" : "=a"(low), "=d"(high) : : "memory");
    return (uint64_t)high << 32 | low;
}

static inline uint64_t less(uint64_t value, uint64_t by)
{
    return value > by ? value - by : 0;
}

/* First of all: what reading the counter costs, which is taken off everything reported. */
void measure_overhead(void);

/* That, for what does not go by report(). */
uint64_t measure_cost(void);

/* Samples an operation and prints "bench ID MEDIAN min MINIMUM", each divided by PER. */
void measure(const char *id, void (*operation)(void), unsigned per);

/* The same for samples[] that the caller has taken. */
void report(const char *id, unsigned per);

/* Prints "bench ID QUOTIENT", with three decimals. */
void report_ratio(const char *id, uint64_t dividend, uint64_t divisor);

/* The median of the last report, not divided. */
uint64_t measured(void);
