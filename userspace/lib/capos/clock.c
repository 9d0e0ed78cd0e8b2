/*
 * The clock that needs no call: that of Timer, read from the processor.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/clock.h"

#include "capos/ring.h"

uint64_t clock_now(void)
{
    const struct ring *ring = ring_mine()->ring;
    uint64_t ticks = __builtin_ia32_rdtsc() - ring->tsc_base;

    return (uint64_t)((unsigned __int128)ticks * ring->tsc_mult >> ring->tsc_shift);
}
