/*
 * Tests mem/frame_ranges.c against a map that is painted frame by frame.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/frame_ranges.h"

#include "test/check.h"

#define MIB        ((paddr_t)1 << 20)
#define RANGES_MAX 12
#define FRAMES     1024 /* that the painted map covers */

static uint64_t random_state;

static uint64_t random_next(void)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return random_state >> 33 | random_state << 31;
}

/* Mostly about FRAMES from FRAME_LOWEST on, often whole frames, sometimes wild. */
static paddr_t random_address(void)
{
    paddr_t at = FRAME_LOWEST - 8 * FRAME_LEN + random_next() % ((FRAMES + 8) * FRAME_LEN);

    switch (random_next() % 8) {
    case 0:
        return random_next();
    case 1:
        return FRAME_LIMIT - random_next() % (4 * FRAME_LEN);
    case 2:
        return at;
    case 3:
        return (uint64_t)-1 - random_next() % 3 * FRAME_LEN;
    default:
        return at & ~(FRAME_LEN - 1);
    }
}

/* Whether all of the frame lies in a usable range and nothing of it in a taken one. */
static bool frame_is_ours(const struct frame_ranges *ranges, paddr_t at)
{
    bool usable = false;

    for (size_t i = 0; i < ranges->n_usable; i++) {
        if (ranges->usable[i].from <= at && at + FRAME_LEN <= ranges->usable[i].to)
            usable = true;
    }
    for (size_t i = 0; i < ranges->n_taken; i++) {
        struct frame_range taken = ranges->taken[i];

        if (taken.to < taken.from)
            taken.to = (uint64_t)-1;
        if (taken.from < taken.to && taken.from < at + FRAME_LEN && at < taken.to)
            usable = false;
    }
    return usable && at >= FRAME_LOWEST && at < FRAME_LIMIT;
}

static int runs_agree(const struct frame_ranges *ranges)
{
    static bool painted[FRAMES];
    struct frame_range run = {0};
    paddr_t last = FRAME_LOWEST;

    memset(painted, 0, sizeof(painted));
    for (size_t n = 0; frame_ranges_next(ranges, run.to, &run); n++, last = run.to) {
        CHECK(n <= ranges->n_usable + ranges->n_taken);
        CHECK(run.from >= last && run.from < run.to && run.to <= FRAME_LIMIT);
        CHECK(run.from % FRAME_LEN == 0 && run.to % FRAME_LEN == 0);
        CHECK(frame_is_ours(ranges, run.from) && frame_is_ours(ranges, run.to - FRAME_LEN));
        for (paddr_t at = run.from; at < run.to && at < FRAME_LOWEST + FRAMES * FRAME_LEN;
             at += FRAME_LEN)
            painted[(at - FRAME_LOWEST) / FRAME_LEN] = true;
    }
    for (size_t i = 0; i < FRAMES; i++)
        CHECK(painted[i] == frame_is_ours(ranges, FRAME_LOWEST + i * FRAME_LEN));
    PASS;
}

TEST(nothing_is_usable)
{
    struct frame_ranges ranges = {0};
    struct frame_range run;

    CHECK(!frame_ranges_next(&ranges, 0, &run));
    PASS;
}

TEST(ordinary_machine)
{
    struct frame_range usable[] = {{0, 0x9fc00}, {MIB, 256 * MIB}};
    struct frame_range taken[] = {{MIB, MIB + 300001}, {4 * MIB + 1, 5 * MIB - 1}};
    struct frame_ranges ranges = {usable, 2, taken, 2};
    struct frame_range run;

    CHECK(frame_ranges_next(&ranges, 0, &run));
    CHECK(run.from == MIB + 74 * FRAME_LEN && run.to == 4 * MIB);
    CHECK(frame_ranges_next(&ranges, run.to, &run));
    CHECK(run.from == 5 * MIB && run.to == 256 * MIB);
    CHECK(!frame_ranges_next(&ranges, run.to, &run));
    PASS;
}

TEST(wrapped_taken_range_reaches_to_the_limit)
{
    struct frame_range usable[] = {{0, (uint64_t)-1}}, taken[] = {{8 * MIB, 2 * MIB}};
    struct frame_ranges ranges = {usable, 1, taken, 1};
    struct frame_range run;

    CHECK(frame_ranges_next(&ranges, 0, &run));
    CHECK(run.from == MIB && run.to == 8 * MIB);
    CHECK(!frame_ranges_next(&ranges, run.to, &run));
    PASS;
}

TEST(empty_ranges_take_nothing)
{
    struct frame_range usable[] = {{MIB, 3 * MIB}, {4 * MIB + 5, 4 * MIB + 5}};
    struct frame_range taken[] = {{2 * MIB + 5, 2 * MIB + 5}, {2 * MIB, 2 * MIB}};
    struct frame_ranges ranges = {usable, 2, taken, 2};
    struct frame_range run;

    CHECK(frame_ranges_next(&ranges, 0, &run));
    CHECK(run.from == MIB && run.to == 3 * MIB);
    CHECK(!frame_ranges_next(&ranges, run.to, &run));
    PASS;
}

TEST(hostile_ranges_agree_with_a_painted_map)
{
    for (uint64_t seed = 0; seed < 3000; seed++) {
        struct frame_range usable[RANGES_MAX], taken[RANGES_MAX];
        struct frame_ranges ranges = {usable, seed % RANGES_MAX, taken, seed / 16 % RANGES_MAX};

        random_state = seed * 77;
        for (size_t i = 0; i < RANGES_MAX; i++) {
            usable[i] = (struct frame_range){random_address(), random_address()};
            taken[i] = (struct frame_range){random_address(), random_address()};
            if (random_next() % 4) /* or most runs would be eaten by ranges that wrap */
                taken[i].to = taken[i].from + random_next() % (16 * FRAME_LEN);
        }
        if (!runs_agree(&ranges))
            return 0;
    }
    PASS;
}

int main(void)
{
    RUN(nothing_is_usable);
    RUN(ordinary_machine);
    RUN(wrapped_taken_range_reaches_to_the_limit);
    RUN(empty_ranges_take_nothing);
    RUN(hostile_ranges_agree_with_a_painted_map);
    TESTS_END;
}
