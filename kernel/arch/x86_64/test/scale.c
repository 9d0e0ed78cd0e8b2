/*
 * Tests arch/x86_64/scale.h against exact arithmetic, at the frequencies that machines have.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/scale.h"

#include "test/check.h"

#define NS_PER_S 1000000000ull
#define HOUR_NS  (3600 * NS_PER_S)

/* How far from exact the scaled VALUE is, in units of TO. */
static uint64_t error_of(uint64_t value, uint64_t to, uint64_t from)
{
    uint64_t exact = (uint64_t)((unsigned __int128)value * to / from);
    uint64_t scaled = scale(value, scale_factor(to, from));

    return exact > scaled ? exact - scaled : scaled - exact;
}

TEST(the_same_unit)
{
    CHECK(scale_factor(NS_PER_S, NS_PER_S) == 1ull << 32);
    CHECK(scale(UINT64_MAX, 1ull << 32) == UINT64_MAX);
    CHECK(scale(0, UINT64_MAX) == 0);
    PASS;
}

TEST(rounds_to_the_nearest)
{
    CHECK(scale_factor(2, 3) == 0xaaaaaaab);
    CHECK(scale_factor(1, 3) == 0x55555555);
    CHECK(scale_factor(7, 2) == 0x380000000);
    PASS;
}

/* In an hour no more than the factor's rounding, half of 2^-32 of the value, and the result's. */
TEST(every_frequency_within_the_rounding)
{
    static const uint64_t frequencies[] = {
        1000000,    1193182,    24000000,   38400000,
        999999999,  1000000000, 1000000001, 2699705258,
        4294967295, 4294967296, 4294967297, 5800000000,
        9999999999, 7,          1,          NS_PER_S * 1000 - 1,
    };

    for (size_t i = 0; i < sizeof(frequencies) / sizeof(frequencies[0]); i++) {
        uint64_t hz = frequencies[i], ticks = hz * 3600;

        CHECK(error_of(HOUR_NS, hz, NS_PER_S) <= (HOUR_NS >> 33) + 1);
        CHECK(error_of(ticks, NS_PER_S, hz) <= (ticks >> 33) + 1);
    }
    PASS;
}

TEST(a_long_run_does_not_overflow)
{
    const uint64_t century_ns = 100ull * 366 * 24 * HOUR_NS;

    CHECK(error_of(century_ns, 5800000000, NS_PER_S) <= (century_ns >> 33) + 1);
    PASS;
}

int main(void)
{
    RUN(the_same_unit);
    RUN(rounds_to_the_nearest);
    RUN(every_frequency_within_the_rounding);
    RUN(a_long_run_does_not_overflow);
    TESTS_END;
}
