/*
 * The local APIC: each processor's own interrupt controller, and its way to interrupt others.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Registers in memory (xAPIC) or, when firmware has chosen so, in model-specific registers
 * (x2APIC). Intel SDM volume 3, chapter 10. Every function but the first needs local_apic_init() to
 * have been called, and acts on the processor that calls it, with interrupts off.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"

/* Registers of the timer (10.5.4): offsets of the xAPIC. */
enum local_apic_register {
    LOCAL_APIC_TIMER = 0x320,
    LOCAL_APIC_TIMER_START = 0x380, /* the count that it starts from; 0 stops it */
    LOCAL_APIC_TIMER_COUNT = 0x390,
    LOCAL_APIC_TIMER_DIVIDE = 0x3e0,
};
#define LOCAL_APIC_MASKED (1u << 16) /* in LOCAL_APIC_TIMER, and all others of its kind */

/* There is one, and it is switched on (CPUID). */
bool local_apic_present(void);

/* Maps the registers and enables the boot processor's. Its timer is masked, its LINT0 too; the
 * board's non-maskable interrupt comes in at LINT1 (ACPI 6.4, 5.2.12.7). */
void local_apic_init(void);

/* The same for another processor, without LINT1: the board's NMI is one processor's. */
void local_apic_init_cpu(void);

/* Lets the PIC's interrupts in, at LINT0, where there is no I/O APIC. */
void local_apic_accept_pic(void);

/* The registers are model-specific ones. */
bool local_apic_is_x2(void);

uint32_t local_apic_id(void);

/* Ends the interrupt that the processor is in. Not for VECTOR_SPURIOUS, nor for what the PIC
 * sent. */
void local_apic_end(void);

/*
 * Interrupts the processor with the id APIC_ID; what was written before is visible there.
 * ERR_BAD_ARGUMENT: the id cannot be addressed; ERR_TIMED_OUT: the one before has not been
 * delivered yet.
 */
err_t local_apic_send(uint32_t apic_id, uint8_t vector);

/* Resets it, and starts it in real mode at the page PAGE, below 1 MiB (8.4.4.1: which waits to
 * keep). Errors as above. */
err_t local_apic_send_init(uint32_t apic_id);
err_t local_apic_send_startup(uint32_t apic_id, paddr_t page);

/* A non-maskable interrupt for all others, whatever they do, and whatever became of the one
 * before. */
void local_apic_send_nmi_to_others(void);

uint32_t local_apic_read(enum local_apic_register reg);
void local_apic_write(enum local_apic_register reg, uint32_t value);
