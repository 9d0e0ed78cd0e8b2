/*
 * The two Intel 8259 interrupt controllers (PIC) of the PC/AT, one behind the other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * IRQ is the number of an interrupt of the ISA bus, 0 to 15 and not 2, where nothing can come in.
 * Its vector is VECTOR_ISA + IRQ. Commands are those of Intel's 8259A data sheet.
 */
#pragma once

#include "lib/types.h"

/* Sets both up with everything masked. Also where they are not used: firmware left them on vectors
 * that are the processor's exceptions. */
void pic_init(void);

void pic_unmask(unsigned irq);

/* Ends what IRQ's vector began. Interrupts 7 and 15 may be spurious, which shows here: nothing is
 * ended then that had not begun. */
void pic_end(unsigned irq);
