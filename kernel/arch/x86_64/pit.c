/*
 * The board's timer, an Intel 8254 (PIT): one channel measures, one interrupts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/pit.h"

#include "arch/x86_64/cpu.h"

#define CHANNEL_0 0x40 /* its output is interrupt 0 */
#define CHANNEL_2 0x42 /* its output is the speaker's */
#define COMMAND   0x43

/* Low then high byte, mode 0: count down once, then the output is high. */
#define COMMAND_0     0x30
#define COMMAND_2     0xb0
#define COMMAND_LATCH 0x80 /* channel 2 */

#define PORT_B         0x61
#define PORT_B_GATE    0x01 /* channel 2 counts */
#define PORT_B_SPEAKER 0x02 /* channel 2 sounds */
#define PORT_B_OUTPUT  0x20 /* of channel 2 */

void pit_start(void)
{
    uint8_t port_b = cpu_in8(PORT_B);

    cpu_out8(PORT_B, (port_b & ~PORT_B_SPEAKER) | PORT_B_GATE);
    cpu_out8(COMMAND, COMMAND_2);
    cpu_out8(CHANNEL_2, PIT_COUNT_MAX & 0xff);
    cpu_out8(CHANNEL_2, PIT_COUNT_MAX >> 8);
}

uint16_t pit_count(void)
{
    uint8_t low;

    cpu_out8(COMMAND, COMMAND_LATCH);
    low = cpu_in8(CHANNEL_2);
    return (uint16_t)(cpu_in8(CHANNEL_2) << 8 | low);
}

bool pit_ran_out(void)
{
    return cpu_in8(PORT_B) & PORT_B_OUTPUT;
}

void pit_arm(uint16_t ticks)
{
    cpu_out8(COMMAND, COMMAND_0);
    cpu_out8(CHANNEL_0, (uint8_t)ticks);
    cpu_out8(CHANNEL_0, (uint8_t)(ticks >> 8));
}

/* A channel that has a mode and no count waits for one. */
void pit_stop(void)
{
    cpu_out8(COMMAND, COMMAND_0);
}
