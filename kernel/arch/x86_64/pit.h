/*
 * The board's timer, an Intel 8254 (PIT): one channel measures, one interrupts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both count down once at PIT_HZ, from at most 65535. Registers and modes are those of Intel's 8254
 * data sheet, port 0x61 is that of every chipset since the PC/AT.
 */
#pragma once

#include "lib/types.h"

#define PIT_HZ        1193182
#define PIT_COUNT_MAX 0xffff

/* Starts the channel that measures, from PIT_COUNT_MAX, within a tick. */
void pit_start(void);

/* Its count: it goes on from PIT_COUNT_MAX after 0. */
uint16_t pit_count(void);

/* It has been at 0. */
bool pit_ran_out(void);

/* Interrupt 0 of the ISA bus comes once, in TICKS (not 0), instead of what was asked before. */
void pit_arm(uint16_t ticks);

/* No interrupt any more; one that QEMU has under way still comes. */
void pit_stop(void);
