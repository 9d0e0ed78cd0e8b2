/*
 * I/O APICs: what brings the interrupts of the ISA bus to a local APIC.
 * SPDX-License-Identifier: Apache-2.0
 *
 * IRQ is the number of an interrupt of the ISA bus, below MADT_ISA_IRQS. An edge that comes while
 * it is masked is lost. Registers are those of Intel's 82093AA data sheet, section 3.
 */
#pragma once

#include "device/madt.h"

/* Maps the I/O APICs that MADT lists and masks all their inputs. Copies what it needs. */
void io_apic_init(const struct madt *madt);

/* The number of inputs of all of them; 0: there is none. */
unsigned io_apic_n_inputs(void);

/* Lets IRQ arrive as VECTOR at the local APIC with the id APIC_ID, as the MADT says that it is
 * wired. It stays masked. ERR_NOT_FOUND: no input; ERR_UNSUPPORTED: APIC_ID does not fit. */
err_t io_apic_route(unsigned irq, uint8_t vector, uint32_t apic_id);

/* Nothing happens where there is no route. */
void io_apic_unmask(unsigned irq);
