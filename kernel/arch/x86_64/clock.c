/*
 * Time since entry, from the processor's time-stamp counter (TSC).
 * SPDX-License-Identifier: Apache-2.0
 *
 * How fast the TSC ticks is measured once, against channel 2 of the 8254 timer (PIT), which counts
 * down at a frequency that has not changed since 1981. That holds under emulation too, with time
 * from the host's clock or from counted instructions.
 */
#include "arch/x86_64/clock.h"

#include "arch/arch.h"
#include "arch/x86_64/cpu.h"
#include "log/log.h"

#define PIT_CHANNEL_2 0x42
#define PIT_COMMAND   0x43
#define PIT_HZ        1193182
#define PIT_START     0xb0 /* channel 2, low then high byte, mode 0: count down once */
#define PIT_LATCH     0x80 /* channel 2 */
#define PIT_TICKS     2386 /* 2 ms */

#define PORT_B         0x61
#define PORT_B_GATE    0x01 /* channel 2 counts */
#define PORT_B_SPEAKER 0x02 /* channel 2 sounds */

/* Turns between two looks at the PIT: a look costs far more than a turn, above all in QEMU. */
#define TURNS     1000
#define LOOKS_MAX 100000

#define US_PER_S   1000000
#define ASSUMED_HZ 1000000000

/* The TSC at the kernel's first instruction, stored by entry.S. */
uint64_t entry_tsc;

static uint64_t hz = ASSUMED_HZ;
static bool measured;

static void pit_start(void)
{
    uint8_t port_b = cpu_in8(PORT_B);

    cpu_out8(PORT_B, (port_b & ~PORT_B_SPEAKER) | PORT_B_GATE);
    cpu_out8(PIT_COMMAND, PIT_START);
    cpu_out8(PIT_CHANNEL_2, 0xff);
    cpu_out8(PIT_CHANNEL_2, 0xff);
}

static uint16_t pit_count(void)
{
    cpu_out8(PIT_COMMAND, PIT_LATCH);
    uint8_t low = cpu_in8(PIT_CHANNEL_2);

    return (uint16_t)(cpu_in8(PIT_CHANNEL_2) << 8 | low);
}

static void wait_turns(void)
{
    for (unsigned i = 0; i < TURNS; i++)
        __asm__ volatile("");
}

void clock_init(void)
{
    pit_start();
    wait_turns(); /* the count is loaded with the PIT's next tick */

    uint64_t tsc = cpu_tsc();
    uint16_t count = pit_count();

    for (unsigned look = 0; look < LOOKS_MAX; look++) {
        wait_turns();
        uint64_t ticks = cpu_tsc() - tsc;
        uint16_t gone = (uint16_t)(count - pit_count());

        if (gone < PIT_TICKS)
            continue;
        if (ticks * PIT_HZ / gone >= US_PER_S) {
            hz = ticks * PIT_HZ / gone;
            measured = true;
        }
        return;
    }
}

/* Split at the second, so that the product cannot overflow. */
uint64_t arch_time_us(void)
{
    uint64_t ticks = cpu_tsc() - entry_tsc;

    return ticks / hz * US_PER_S + ticks % hz * US_PER_S / hz;
}

void arch_clock_log(void)
{
    kernel_log("time: TSC at %lu MHz%s", (hz + US_PER_S / 2) / US_PER_S,
               measured ? "" : ", assumed: the PIT does not count");
}
