/*
 * One unit in terms of another by a multiplication: 32 bits before the point, 32 after it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

#define SCALE_BITS 32 /* after the point */

/* The factor by which FROM becomes TO, rounded to the nearest. FROM is not 0, one of them is below
 * 2^32, and TO / FROM is below 2^32. */
static inline uint64_t scale_factor(uint64_t to, uint64_t from)
{
    return (to / from << SCALE_BITS) + ((to % from << SCALE_BITS) + from / 2) / from;
}

/* VALUE times FACTOR, rounded down; its lower 64 bits. */
static inline uint64_t scale(uint64_t value, uint64_t factor)
{
    return (uint64_t)((unsigned __int128)value * factor >> SCALE_BITS);
}
