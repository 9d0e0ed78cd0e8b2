/*
 * Interrupts from outside the processor, whichever controllers bring them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Through an I/O APIC and the local APIC; without the first through the PIC and the local APIC;
 * without the second through the PIC alone. ISA_IRQ is the number of an interrupt of the ISA bus
 * and may be anything: 0 is the timer's and 2 the PIC's own, they and what is above 15 are refused.
 * Interrupts off.
 */
#pragma once

#include "device/madt.h"

/* Sets all controllers up, with everything masked. Once on the boot processor, after paging_init().
 * MADT may be NULL: the PIC then. Logs what was chosen. Other processors call
 * local_apic_init_cpu(). */
void irq_init(const struct madt *madt);

/*
 * Lets ISA_IRQ arrive at the boot processor as VECTOR, which is VECTOR_ISA + ISA_IRQ, and unmasks
 * it. From the boot processor. ERR_BAD_ARGUMENT: not such a vector, or no such interrupt;
 * ERR_NOT_FOUND: it is not wired; ERR_UNSUPPORTED: the I/O APIC cannot address this processor.
 */
err_t irq_route(unsigned isa_irq, uint8_t vector);

/* Ends the interrupt that came as VECTOR, at the controller that sent it; nothing for
 * VECTOR_SPURIOUS. An interrupt 7 or 15 of the PIC may have been spurious, which its handler
 * bears. */
void irq_end(uint8_t vector);
