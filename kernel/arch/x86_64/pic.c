/*
 * The two Intel 8259 interrupt controllers (PIC) of the PC/AT, one behind the other.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/pic.h"

#include "arch/x86_64/cpu.h"
#include "arch/x86_64/vectors.h"

/* The first's ports and the second's: commands, data */
static const uint16_t command[] = {0x20, 0xa0};
static const uint16_t data[] = {0x21, 0xa1};

#define N_INPUTS 8 /* of each */
#define CASCADE  2 /* where the second meets the first */

#define INIT       0x11 /* edge triggered, two of them, the mode word follows */
#define INIT_8086  0x01
#define READ_BEGUN 0x0b /* the next read of the command port tells which have begun and not ended */
#define END_ONE    0x60 /* and the input's number */

static uint16_t masked;

static void set_up(unsigned chip, uint8_t vector, uint8_t cascade)
{
    cpu_out8(command[chip], INIT);
    cpu_out8(data[chip], vector);
    cpu_out8(data[chip], cascade);
    cpu_out8(data[chip], INIT_8086);
}

/* Of the chip that IRQ comes in at. */
static void write_mask(unsigned irq)
{
    unsigned chip = irq / N_INPUTS;

    cpu_out8(data[chip], (uint8_t)(masked >> chip * N_INPUTS));
}

/* The cascade stays open: with all of the second's inputs masked nothing comes through it. */
void pic_init(void)
{
    set_up(0, VECTOR_ISA, 1 << CASCADE); /* the first is told as bits, the second as a number */
    set_up(1, VECTOR_ISA + N_INPUTS, CASCADE);
    masked = (uint16_t) ~(1 << CASCADE);
    write_mask(0);
    write_mask(N_INPUTS);
}

void pic_unmask(unsigned irq)
{
    masked &= (uint16_t) ~(1 << irq);
    write_mask(irq);
}

static bool has_begun(unsigned chip, unsigned input)
{
    cpu_out8(command[chip], READ_BEGUN);
    return cpu_in8(command[chip]) & 1 << input;
}

/* A chip whose interrupt is gone before the processor asks for its vector answers with its last
 * input's (8259A, "Interrupt sequence"). To the first, the second's answer counts like any
 * other. */
void pic_end(unsigned irq)
{
    unsigned chip = irq / N_INPUTS, input = irq % N_INPUTS;

    if (input != N_INPUTS - 1 || has_begun(chip, input))
        cpu_out8(command[chip], (uint8_t)(END_ONE | input));
    if (chip == 1)
        cpu_out8(command[0], END_ONE | CASCADE);
}
