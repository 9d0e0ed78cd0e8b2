/*
 * Time since entry, from the processor's time-stamp counter (TSC).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/clock.h"

#include "arch/arch.h"
#include "arch/x86_64/pit.h"
#include "log/log.h"

#define NS_PER_S   1000000000
#define NS_PER_US  1000
#define HZ_PER_MHZ 1000000
#define HZ_MIN     HZ_PER_MHZ /* what is slower is no processor, but a mistake */
#define ASSUMED_HZ 1000000000

/* Time-stamp counter and crystal (Intel SDM volume 2, CPUID) */
#define CPUID_MAX   0x00
#define CPUID_CLOCK 0x15

/* The window ends when its ends are known to one part in so many, and at the latest after so many
 * ticks of the PIT, one of which is then the doubt: 0.08 %. */
#define SURE          4096
#define PIT_TICKS_MAX 1193 /* 1 ms */

/* To find an edge of the PIT takes a tick when a look is shorter, and a look when it is longer. In
 * the second case we take the best of some: the host may have been away in between. */
#define EDGE_LOOKS 64
#define EDGES      8

/* Turns between two looks at the PIT: a look costs far more than a turn, above all in QEMU. */
#define TURNS     1000
#define LOOKS_MAX 100000
#define TRIES     4

/* The PIT's count changed to COUNT at TSC, or up to DOUBT ticks earlier. */
struct edge {
    uint64_t tsc, doubt;
    uint16_t count;
};

uint64_t entry_tsc; /* stored by entry.S */
uint64_t clock_ns_per_tick = 1ull << SCALE_BITS;

static uint64_t hz = ASSUMED_HZ;
static bool known;

static void wait_turns(void)
{
    for (unsigned i = 0; i < TURNS; i++)
        __asm__ volatile("");
}

/* Its doubt is UINT64_MAX when there was none: the PIT does not count. */
static struct edge find_edge(void)
{
    struct edge best = {.doubt = UINT64_MAX};
    uint64_t last_tsc = cpu_tsc();
    uint16_t last_count = pit_count();

    for (unsigned look = 0, n = 0; look < EDGE_LOOKS && n < EDGES; look++) {
        uint64_t tsc = cpu_tsc();
        uint16_t count = pit_count();
        uint64_t doubt = cpu_tsc() - last_tsc;

        if (count != last_count && doubt < best.doubt)
            best = (struct edge){tsc, doubt, count};
        n += count != last_count;
        last_tsc = tsc;
        last_count = count;
    }
    return best;
}

static void wait_from(const struct edge *start)
{
    for (unsigned look = 0; look < LOOKS_MAX; look++) {
        wait_turns();
        if ((cpu_tsc() - start->tsc) / SURE >= start->doubt ||
            (uint16_t)(start->count - pit_count()) >= PIT_TICKS_MAX)
            return;
    }
}

/* The TSC's frequency; 0 when the PIT does not count, or the host was away for so long that it ran
 * out. */
static uint64_t measure(void)
{
    struct edge start, end;
    uint64_t measured;
    uint16_t gone;

    pit_start();
    wait_turns(); /* the count is loaded with the PIT's next tick */
    start = find_edge();
    if (start.doubt == UINT64_MAX)
        return 0;
    wait_from(&start);
    end = find_edge();
    gone = (uint16_t)(start.count - end.count);
    if (end.doubt == UINT64_MAX || gone == 0 || pit_ran_out())
        return 0;
    measured = (end.tsc - start.tsc) * PIT_HZ / gone;
    return measured >= HZ_MIN ? measured : 0;
}

static struct cpu_id clock_leaf(void)
{
    if (cpu_id(CPUID_MAX, 0).eax < CPUID_CLOCK)
        return (struct cpu_id){0};
    return cpu_id(CPUID_CLOCK, 0);
}

uint64_t clock_crystal_hz(void)
{
    return clock_leaf().ecx;
}

/* The leaf is complete when none of the three is 0: the crystal, and the TSC's ratio to it. */
static uint64_t told_hz(void)
{
    struct cpu_id leaf = clock_leaf();
    uint64_t told = leaf.eax ? (uint64_t)leaf.ecx * leaf.ebx / leaf.eax : 0;

    return told >= HZ_MIN ? told : 0;
}

void clock_init(void)
{
    uint64_t found = told_hz();

    for (unsigned i = 0; i < TRIES && !found; i++)
        found = measure();
    known = found != 0;
    if (known)
        hz = found;
    clock_ns_per_tick = scale_factor(NS_PER_S, hz);
}

uint64_t clock_hz(void)
{
    return hz;
}

uint64_t arch_time_ns(void)
{
    return clock_time_ns();
}

uint64_t arch_time_us(void)
{
    return clock_time_ns() / NS_PER_US;
}

void arch_clock_scale(uint64_t *multiplier, uint32_t *shift, uint64_t *base)
{
    *multiplier = clock_ns_per_tick;
    *shift = SCALE_BITS;
    *base = entry_tsc;
}

void arch_clock_log(void)
{
    kernel_log("time: TSC at %lu MHz%s", (hz + HZ_PER_MHZ / 2) / HZ_PER_MHZ,
               known ? "" : ", assumed: the PIT does not count");
}
