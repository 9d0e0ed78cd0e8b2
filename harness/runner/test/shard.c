/* Tests of the order and the shards.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/shard.h"

#include "harness/test/check.h"

#include <stdio.h>

#define MANY 97

static void test_order(void)
{
    struct load loads[] = {{"c", 5, 0}, {"b", 5, 1}, {"a", 1, 2}, {"d", 9, 3}};
    loads_sort(loads, 4);
    char order[8];
    snprintf(order, sizeof order, "%s%s%s%s", loads[0].name, loads[1].name, loads[2].name,
             loads[3].name);
    check_text("longest first, ties by name", order, "dbca");
    loads_sort(NULL, 0); /* must not crash */
}

static void fill(struct load *loads, char names[][8], unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        snprintf(names[i], 8, "s%02u", i % 100);
        loads[i] = (struct load){names[i], i * 7919 % 13 * 100, i};
    }
}

/* Every load is in exactly one shard, and no shard is more than the longest load above another. */
static void test_partition(unsigned shards)
{
    unsigned seen[MANY] = {0}, wrong = 0;
    int64_t least = INT64_MAX, most = 0;
    for (unsigned s = 1; s <= shards; s++) {
        struct load loads[MANY];
        char names[MANY][8];
        int64_t sum = 0;
        fill(loads, names, MANY);
        size_t n = loads_shard(loads, MANY, s, shards);
        for (size_t i = 0; i < n; i++) {
            seen[loads[i].index]++;
            sum += loads[i].ms;
        }
        least = sum < least ? sum : least;
        most = sum > most ? sum : most;
    }
    for (size_t i = 0; i < MANY; i++)
        wrong += seen[i] != 1;
    check("each in exactly one shard", wrong == 0, "%u of %d are not, of %u shards", wrong, MANY,
          shards);
    check("shards are about equal", most - least <= 1200, "from %d to %d ms", (int)least,
          (int)most);
}

static void test_ties(void)
{
    struct load one[] = {{"b", 1, 0}, {"a", 1, 1}, {"c", 1, 2}};
    size_t n = loads_shard(one, 3, 1, 2);
    check("ties go by name to the first shard",
          n == 2 && !strcmp(one[0].name, "a") && !strcmp(one[1].name, "c"), "%zu, %s", n,
          one[0].name);
    struct load few[] = {{"a", 1, 0}};
    check("more shards than loads", loads_shard(few, 1, 3, 3) == 0, "shard 3 has some");
}

static void test_median(void)
{
    int64_t odd[] = {9, 1, 5}, even[] = {4, 1, 10, 2};
    check("median of three", median(odd, 3, 0) == 5, "%d", (int)odd[1]);
    check("median of four", median(even, 4, 0) == 3, "not the middle of 2 and 4");
    check("median of none", median(NULL, 0, 1000) == 1000, "not what was asked for");
}

int main(void)
{
    test_order();
    test_partition(1);
    test_partition(4);
    test_partition(7);
    test_ties();
    test_median();
    return check_done();
}
