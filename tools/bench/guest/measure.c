/*
 * Takes samples in ticks of the time-stamp counter and prints their median and minimum.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "measure.h"

#define WARM_UP 10

uint64_t samples[ROUNDS];
static uint64_t overhead, last;

static void sort(uint64_t *values, unsigned n)
{
    for (unsigned i = 1; i < n; i++) {
        uint64_t value = values[i];
        unsigned at = i;

        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
}

static void nothing(void)
{
}

static void sample(void (*operation)(void))
{
    for (unsigned i = 0; i < ROUNDS; i++) {
        uint64_t start = ticks();

        operation();
        samples[i] = ticks() - start;
    }
    sort(samples, ROUNDS);
}

void measure_overhead(void)
{
    sample(nothing);
    overhead = samples[ROUNDS / 2];
}

uint64_t measure_cost(void)
{
    return overhead;
}

void report(const char *id, unsigned per)
{
    sort(samples, ROUNDS);
    last = less(samples[ROUNDS / 2], overhead);
    console_printf("bench %s %lu min %lu\n", id, last / per, less(samples[0], overhead) / per);
}

void measure(const char *id, void (*operation)(void), unsigned per)
{
    for (unsigned i = 0; i < WARM_UP; i++)
        operation();
    sample(operation);
    report(id, per);
}

void report_ratio(const char *id, uint64_t dividend, uint64_t divisor)
{
    uint64_t ratio = 1000 * dividend / divisor;

    console_printf("bench %s %lu.%lu%lu%lu\n", id, ratio / 1000, ratio / 100 % 10, ratio / 10 % 10,
                   ratio % 10);
}

uint64_t measured(void)
{
    return last;
}
