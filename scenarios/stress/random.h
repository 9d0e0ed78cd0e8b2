/*
 * Random numbers that follow from a seed (splitmix64).
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdint.h>

struct random {
    uint64_t state;
};

static inline uint64_t random_next(struct random *random)
{
    uint64_t x = random->state += 0x9e3779b97f4a7c15ull;

    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ x >> 27) * 0x94d049bb133111ebull;
    return x ^ x >> 31;
}

/* 0 to N - 1. */
static inline uint32_t random_below(struct random *random, uint32_t n)
{
    return (uint32_t)((random_next(random) >> 32) * n >> 32);
}

/* Another seed, for the Nth of something that belongs to SEED. */
static inline uint64_t random_mix(uint64_t seed, uint64_t n)
{
    struct random random = {seed ^ n * 0xd6e8feb86659fd93ull};

    random_next(&random);
    return random_next(&random);
}
