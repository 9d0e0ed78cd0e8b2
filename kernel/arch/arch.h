/*
 * All that the rest of the kernel may ask of the processor and its board.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each folder beside this header implements it for one architecture; the build chooses one. Host
 * tests link kernel/test/fake_arch.c instead.
 */
#pragma once

#include "lib/types.h"

/* Takes the processor over from the loader. Call once, first. Afterwards the console works, every
 * exception ends in panic_trap(), and the loader's mappings are gone. */
void arch_init(void);

/* Writes LEN bytes to the console and returns when the hardware has them all. */
void arch_console_write(const char *bytes, size_t len);

/* Waits until the hardware has sent all that was written: before the machine goes. */
void arch_console_drain(void);

/* Waits, for as long as it takes, for a byte typed on the console. Without a console: for ever. */
char arch_console_read(void);

/* Microseconds since the kernel was entered. */
uint64_t arch_time_us(void);

/* Logs what the clock is and how fast it ticks. */
void arch_clock_log(void);

/* LEN bytes of physical memory at AT, to be read; NULL when any of them is not mapped. */
const void *arch_phys(paddr_t at, size_t len);

/* I/O ports, as ACPI names them. */
uint8_t arch_port_read8(uint16_t port);
uint16_t arch_port_read16(uint16_t port);
void arch_port_write8(uint16_t port, uint8_t value);
void arch_port_write16(uint16_t port, uint16_t value);

/* Resets the board without the help of ACPI. */
_Noreturn void arch_reset(void);

/* Stops this processor for ever, interrupts off. */
_Noreturn void arch_halt(void);

/* Switches interrupts off. */
void arch_interrupts_off(void);

/* One turn of a waiting loop. */
void arch_relax(void);

/* The registers at a trap. Only the architecture looks inside. */
struct trap_frame;

/*
 * The registers of the caller of the function whose frame address this is
 * (__builtin_frame_address(0)), as if it had trapped on its call; but those that a call does not
 * preserve hold anything. Overwritten by the next use.
 */
const struct trap_frame *arch_frame_of_caller(const void *frame_address);

/* Logs what trapped, and all registers, one line each group, with source SOURCE. */
void arch_log_registers(const char *source, const struct trap_frame *frame);

/* Fills FRAMES with the address in FRAME and up to MAX - 1 return addresses; returns the number. */
size_t arch_backtrace(const struct trap_frame *frame, uint64_t *frames, size_t max);

/* Ways to break the machine on purpose. */
void arch_break_page_fault(void);
void arch_break_divide(void);
void arch_break_stack(void);
_Noreturn void arch_break_triple_fault(void);
