/* The order in which scenarios run, and how a suite is divided.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/shard.h"

#include <stdlib.h>
#include <string.h>

static int longest_first(const void *a, const void *b)
{
    const struct load *x = a, *y = b;
    if (x->ms != y->ms)
        return x->ms < y->ms ? 1 : -1;
    return strcmp(x->name, y->name);
}

void loads_sort(struct load *loads, size_t n)
{
    if (n)
        qsort(loads, n, sizeof *loads, longest_first);
}

static unsigned lightest(const int64_t sums[], unsigned shards)
{
    unsigned best = 0;
    for (unsigned i = 1; i < shards; i++)
        if (sums[i] < sums[best])
            best = i;
    return best;
}

size_t loads_shard(struct load *loads, size_t n, unsigned shard, unsigned shards)
{
    int64_t *sums = calloc(shards, sizeof *sums);
    if (!sums)
        abort();
    size_t kept = 0;
    loads_sort(loads, n);
    for (size_t i = 0; i < n; i++) {
        unsigned to = lightest(sums, shards);
        sums[to] += loads[i].ms;
        if (to == shard - 1)
            loads[kept++] = loads[i];
    }
    free(sums);
    return kept;
}

static int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

int64_t median(int64_t ms[], size_t n, int64_t otherwise)
{
    if (n == 0)
        return otherwise;
    qsort(ms, n, sizeof *ms, ascending);
    return n % 2 ? ms[n / 2] : (ms[n / 2 - 1] + ms[n / 2]) / 2;
}
