/* The order in which scenarios run, and how a suite is divided among several hosts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both are functions of names and durations alone: every host that has the same list computes the
 * same shards, and each scenario is in exactly one. Durations are whole milliseconds, so that no
 * rounding can tell two hosts apart.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct load {
    const char *name;
    int64_t ms;
    size_t index; /* the caller's own */
};

/* Longest first, ties by name: what takes longest must not be what runs alone at the end. */
void loads_sort(struct load *, size_t n);

/* Keeps the loads of shard @shard of @shards (counted from 1) and returns how many: the longest
 * load that is left goes to the shard that has the least so far, the first such shard. The loads
 * come out sorted. */
size_t loads_shard(struct load *, size_t n, unsigned shard, unsigned shards);

/* The median of @ms (which it sorts), or @otherwise when there is none. */
int64_t median(int64_t ms[], size_t n, int64_t otherwise);
