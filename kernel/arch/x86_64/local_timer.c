/*
 * Each processor's timer: one interrupt at LOCAL_TIMER_VECTOR, at a time.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/local_timer.h"

#include "arch/x86_64/clock.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/local_apic.h"
#include "arch/x86_64/pic.h"
#include "arch/x86_64/pit.h"
#include "arch/x86_64/scale.h"
#include "arch/x86_64/vectors.h"
#include "diag/panic.h"
#include "log/log.h"

#define NS_PER_S 1000000000

#define CPUID_FEATURES     1
#define CPUID_ECX_DEADLINE (1 << 24)
#define MSR_TSC_DEADLINE   0x6e0

#define TIMER_DEADLINE 0x40000 /* in LOCAL_APIC_TIMER; one shot is 0 */
#define DIVIDE_BY_1    0xb
#define COUNT_MAX      UINT32_MAX
#define DEADLINE_TICKS (1ull << 40) /* some minutes; anything that does not overflow */
#define PIT_INTERRUPT  0

/* The window in which the local APIC's timer is measured: until its ends are known to one part in
 * so many, and for so long at most. */
#define SURE      4096
#define WINDOW_NS 1000000
#define LOOKS     4
#define ROUNDING  2
#define LOOKS_MAX 1000000

enum kind { KIND_PIT, KIND_ONE_SHOT, KIND_DEADLINE };

static enum kind kind;
static uint64_t counts_per_ns; /* for scale() */
static uint64_t delay_max;     /* in nanoseconds: what the count can hold */

/* The timer was at COUNT at the time NS, or up to DOUBT later. */
struct reading {
    uint64_t ns, doubt;
    uint32_t count;
};

static struct reading read_once(void)
{
    struct reading reading = {.ns = clock_time_ns()};

    reading.count = local_apic_read(LOCAL_APIC_TIMER_COUNT);
    reading.doubt = clock_time_ns() - reading.ns;
    return reading;
}

/* The best of some: the host may have been away in between. */
static struct reading read_timer(void)
{
    struct reading best = read_once();

    for (unsigned look = 1; look < LOOKS; look++) {
        struct reading reading = read_once();

        if (reading.doubt < best.doubt)
            best = reading;
    }
    return best;
}

/* The timer's frequency, with what rounding at both ends may have taken from it: an interrupt that
 * comes a little late is cheaper than one that comes early and again. */
static uint64_t measure(void)
{
    struct reading start, end;
    uint64_t gone = 0;

    local_apic_write(LOCAL_APIC_TIMER_START, COUNT_MAX);
    start = read_timer();
    for (unsigned look = 0; look < LOOKS_MAX && gone < WINDOW_NS && gone / SURE < start.doubt;
         look++)
        gone = clock_time_ns() - start.ns;
    end = read_timer();
    local_apic_write(LOCAL_APIC_TIMER_START, 0);
    if (end.count >= start.count)
        panic("the local APIC's timer does not count");
    return (uint64_t)(start.count - end.count + ROUNDING) * NS_PER_S / (end.ns - start.ns);
}

static void set_range(uint64_t hz, uint64_t count_max)
{
    counts_per_ns = scale_factor(hz, NS_PER_S);
    delay_max = scale(count_max - 1, scale_factor(NS_PER_S, hz));
}

static enum kind choose(void)
{
    if (!local_apic_present())
        return KIND_PIT;
    return cpu_id(CPUID_FEATURES, 0).ecx & CPUID_ECX_DEADLINE ? KIND_DEADLINE : KIND_ONE_SHOT;
}

void local_timer_init(void)
{
    static const char *const names[] = {"PIT", "local APIC, one shot", "local APIC, TSC deadline"};
    uint64_t crystal_hz = clock_crystal_hz();

    kind = choose();
    local_timer_init_cpu();
    switch (kind) {
    case KIND_PIT:
        set_range(PIT_HZ, PIT_COUNT_MAX);
        pic_unmask(PIT_INTERRUPT);
        break;
    case KIND_ONE_SHOT:
        set_range(crystal_hz ? crystal_hz : measure(), COUNT_MAX);
        break;
    case KIND_DEADLINE:
        set_range(clock_hz(), DEADLINE_TICKS);
        break;
    }
    kernel_log("timer: %s", names[kind]);
}

void local_timer_init_cpu(void)
{
    switch (kind) {
    case KIND_PIT: /* whose processor is alone */
        break;
    case KIND_ONE_SHOT:
        local_apic_write(LOCAL_APIC_TIMER_DIVIDE, DIVIDE_BY_1);
        local_apic_write(LOCAL_APIC_TIMER, LOCAL_TIMER_VECTOR);
        break;
    case KIND_DEADLINE:
        local_apic_write(LOCAL_APIC_TIMER, TIMER_DEADLINE | LOCAL_TIMER_VECTOR);
        /* The mode arrives before a deadline that is written next does (10.5.4.1). */
        __asm__ volatile("mfence" : : : "memory");
        break;
    }
}

/* One count more than the delay, because it has begun: better late by one than early and armed
 * again. */
void local_timer_arm(uint64_t deadline_ns)
{
    uint64_t now = clock_time_ns();
    uint64_t delay = deadline_ns > now ? deadline_ns - now : 0;
    uint64_t count = scale(delay < delay_max ? delay : delay_max, counts_per_ns) + 1;

    switch (kind) {
    case KIND_PIT:
        pit_arm((uint16_t)count);
        break;
    case KIND_ONE_SHOT:
        local_apic_write(LOCAL_APIC_TIMER_START, (uint32_t)count);
        break;
    case KIND_DEADLINE:
        cpu_write_msr(MSR_TSC_DEADLINE, cpu_tsc() + count);
        break;
    }
}

void local_timer_stop(void)
{
    switch (kind) {
    case KIND_PIT:
        pit_stop();
        break;
    case KIND_ONE_SHOT:
        local_apic_write(LOCAL_APIC_TIMER_START, 0);
        break;
    case KIND_DEADLINE:
        cpu_write_msr(MSR_TSC_DEADLINE, 0);
        break;
    }
}
