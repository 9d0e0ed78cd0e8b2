/*
 * Time since entry, from the processor's time-stamp counter (TSC).
 * SPDX-License-Identifier: Apache-2.0
 *
 * How fast the TSC ticks is told by the processor (CPUID leaf 0x15) or measured once against the
 * PIT, which has counted at the same frequency since 1981. Both hold under emulation, with time
 * from the host's clock or from counted instructions. Until clock_init() it is taken for 1 GHz. All
 * processors' TSCs are taken for equal.
 */
#pragma once

#include "arch/x86_64/cpu.h"
#include "arch/x86_64/scale.h"
#include "lib/types.h"

/* Learns the frequency, in at most about 1 ms; in 0.1 ms when instructions are counted. */
void clock_init(void);

/* The core crystal clock, which is also what a local APIC's timer counts (Intel SDM volume 3,
 * 10.5.4); 0 when the processor does not tell. */
uint64_t clock_crystal_hz(void);

/* The TSC's frequency. */
uint64_t clock_hz(void);

/* For clock_time_ns() alone: the TSC at the kernel's first instruction, and a factor for
 * scale(). */
extern uint64_t entry_tsc, clock_ns_per_tick;

/* arch_time_ns() without the call. */
static inline uint64_t clock_time_ns(void)
{
    return scale(cpu_tsc() - entry_tsc, clock_ns_per_tick);
}
