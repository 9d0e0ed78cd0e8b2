/*
 * I/O APICs: what brings the interrupts of the ISA bus to a local APIC.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "arch/x86_64/io_apic.h"

#include "arch/x86_64/paging.h"

/* The two registers through which one reaches all others */
#define SELECT   0x00
#define WINDOW   0x10
#define REGS_LEN 0x20

#define VERSION              0x01
#define VERSION_LAST(value)  ((value) >> 16 & 0xff) /* input */
#define N_INPUTS_MAX         240
#define INPUT_LOW(input)     (0x10 + 2 * (input))
#define INPUT_HIGH(input)    (0x11 + 2 * (input))
#define LOW_ACTIVE_LOW       (1u << 13)
#define LOW_LEVEL            (1u << 15)
#define LOW_MASKED           (1u << 16)
#define HIGH_DESTINATION(id) ((id) << 24)
#define DESTINATION_MAX      0xfe /* the next one means all */

struct chip {
    volatile uint8_t *regs;
    uint32_t first_input; /* global number */
    unsigned n_inputs;    /* 0: not there */
};

/* Where an interrupt comes in. */
struct line {
    const struct chip *chip; /* NULL: nowhere */
    unsigned input;
    uint32_t low; /* what INPUT_LOW holds, so that unmasking costs no read; 0: no route */
    bool active_low, level;
};

static struct chip chips[MADT_IO_APICS_MAX];
static struct line lines[MADT_ISA_IRQS];

static uint32_t read(const struct chip *chip, uint32_t reg)
{
    *(volatile uint32_t *)(chip->regs + SELECT) = reg;
    return *(volatile uint32_t *)(chip->regs + WINDOW);
}

static void write(const struct chip *chip, uint32_t reg, uint32_t value)
{
    *(volatile uint32_t *)(chip->regs + SELECT) = reg;
    *(volatile uint32_t *)(chip->regs + WINDOW) = value;
}

static void init_chip(struct chip *chip, const struct madt_io_apic *from)
{
    unsigned n_inputs;

    chip->regs = paging_map_device(from->at, REGS_LEN);
    chip->first_input = from->first_input;
    n_inputs = VERSION_LAST(read(chip, VERSION)) + 1;
    if (n_inputs > N_INPUTS_MAX) /* nothing answers there: all ones */
        return;
    chip->n_inputs = n_inputs;
    for (unsigned input = 0; input < n_inputs; input++)
        write(chip, INPUT_LOW(input), LOW_MASKED);
}

static void find_line(struct line *line, const struct madt_isa_irq *irq)
{
    for (unsigned i = 0; i < MADT_IO_APICS_MAX; i++) {
        if (!irq->connected || irq->input < chips[i].first_input ||
            irq->input - chips[i].first_input >= chips[i].n_inputs)
            continue;
        *line = (struct line){
            .chip = &chips[i],
            .input = irq->input - chips[i].first_input,
            .active_low = irq->active_low,
            .level = irq->level,
        };
        return;
    }
}

void io_apic_init(const struct madt *madt)
{
    for (unsigned i = 0; i < madt->n_io_apics; i++)
        init_chip(&chips[i], &madt->io_apics[i]);
    for (unsigned irq = 0; irq < MADT_ISA_IRQS; irq++)
        find_line(&lines[irq], &madt->isa_irqs[irq]);
}

unsigned io_apic_n_inputs(void)
{
    unsigned n = 0;

    for (unsigned i = 0; i < MADT_IO_APICS_MAX; i++)
        n += chips[i].n_inputs;
    return n;
}

static void write_low(const struct line *line)
{
    write(line->chip, INPUT_LOW(line->input), line->low);
}

/* Fixed delivery to one physical destination is what zeros mean. */
err_t io_apic_route(unsigned irq, uint8_t vector, uint32_t apic_id)
{
    struct line *line = &lines[irq];

    if (!line->chip)
        return ERR_NOT_FOUND;
    if (apic_id > DESTINATION_MAX)
        return ERR_UNSUPPORTED;
    line->low = vector | LOW_MASKED;
    if (line->active_low)
        line->low |= LOW_ACTIVE_LOW;
    if (line->level)
        line->low |= LOW_LEVEL;
    write_low(line); /* masked, before the destination changes */
    write(line->chip, INPUT_HIGH(line->input), HIGH_DESTINATION(apic_id));
    return ERR_OK;
}

void io_apic_unmask(unsigned irq)
{
    if (!lines[irq].low)
        return;
    lines[irq].low &= ~LOW_MASKED;
    write_low(&lines[irq]);
}
