/*
 * Takes samples and prints their median and minimum.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "measure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define WARM_UP 50
#define SAMPLES 200

struct figure {
    uint64_t median, minimum;
};

static int ticks_order(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;

    return (a > b) - (a < b);
}

static struct figure figure_take(sample_t *sample)
{
    static uint64_t ticks[SAMPLES];

    for (unsigned i = 0; i < WARM_UP; i++)
        sample();
    for (unsigned i = 0; i < SAMPLES; i++)
        ticks[i] = sample();
    qsort(ticks, SAMPLES, sizeof(ticks[0]), ticks_order);
    return (struct figure){.median = ticks[SAMPLES / 2], .minimum = ticks[0]};
}

static uint64_t sample_nothing(void)
{
    uint64_t from = tsc();

    return tsc() - from;
}

void measure(const char *id, sample_t *sample)
{
    uint64_t overhead = figure_take(sample_nothing).minimum;
    struct figure figure = figure_take(sample);

    printf("bench %s %" PRIu64 " min %" PRIu64 "\n", id, figure.median - overhead,
           figure.minimum - overhead);
}
