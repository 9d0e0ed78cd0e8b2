/*
 * The serial ports, 16550s: the console on COM1, the terminal on COM2.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Registers and bits are those of the PC16550D data sheet, section 8.
 */
#include "arch/x86_64/serial.h"

#include "arch/arch.h"
#include "arch/x86_64/cpu.h"
#include "arch/x86_64/irq.h"
#include "arch/x86_64/vectors.h"

#define COM1     0x3f8
#define COM2     0x2f8
#define COM2_IRQ 3

/* From the port's first register. */
enum {
    DATA,
    INTERRUPT_ENABLE,
    FIFO_CONTROL,
    LINE_CONTROL,
    MODEM_CONTROL,
    LINE_STATUS,
    SCRATCH = 7,

    DIVISOR_LOW = DATA, /* the divisor while LINE_CONTROL_DIVISOR is set */
    DIVISOR_HIGH = INTERRUPT_ENABLE,
};

#define DIVISOR_115200        1
#define FIFO_ENABLE_AND_CLEAR 0x07 /* input interrupts from the first byte on */
#define FIFO_LEN              16
#define INTERRUPT_INPUT       0x01
#define LINE_CONTROL_8N1      0x03
#define LINE_CONTROL_DIVISOR  0x80
#define LINE_STATUS_READY     0x01
#define LINE_STATUS_EMPTY     0x20
#define LINE_STATUS_SENT      0x40
#define MODEM_CONTROL_READY   0x03 /* DTR, RTS */
#define MODEM_CONTROL_OUT2    0x08 /* lets the PC's interrupt line through */
#define NO_PORT               0xff

static bool has_console, has_terminal;

static void set_up(uint16_t port, uint8_t modem_control)
{
    cpu_out8(port + INTERRUPT_ENABLE, 0);
    cpu_out8(port + LINE_CONTROL, LINE_CONTROL_DIVISOR);
    cpu_out8(port + DIVISOR_LOW, DIVISOR_115200);
    cpu_out8(port + DIVISOR_HIGH, 0);
    cpu_out8(port + LINE_CONTROL, LINE_CONTROL_8N1);
    cpu_out8(port + FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR);
    cpu_out8(port + MODEM_CONTROL, modem_control);
}

static bool has_status(uint16_t port, uint8_t bit)
{
    return cpu_in8(port + LINE_STATUS) & bit;
}

/* --- The console --- */

void serial_init(void)
{
    set_up(COM1, MODEM_CONTROL_READY);
    has_console = cpu_in8(COM1 + LINE_STATUS) != NO_PORT;
}

/*
 * An empty transmitter takes a whole FIFO without another look; a port access is what a guest pays
 * for. The wait has no limit: without flow control a port that is present drains, however slowly,
 * and a log with holes is worth less than a late one.
 */
void arch_console_write(const char *bytes, size_t len)
{
    while (has_console && len) {
        size_t part = len < FIFO_LEN ? len : FIFO_LEN;

        while (!has_status(COM1, LINE_STATUS_EMPTY))
            arch_relax();
        cpu_out8_all(COM1 + DATA, bytes, part);
        bytes += part;
        len -= part;
    }
}

void arch_console_drain(void)
{
    while (has_console && !has_status(COM1, LINE_STATUS_SENT))
        arch_relax();
}

char arch_console_read(void)
{
    while (!has_console || !has_status(COM1, LINE_STATUS_READY))
        arch_relax();
    return (char)cpu_in8(COM1 + DATA);
}

/* --- The terminal --- */

/* Where there is no port, nothing keeps what is written to it. */
static bool has_scratch(uint16_t port, uint8_t value)
{
    cpu_out8(port + SCRATCH, value);
    return cpu_in8(port + SCRATCH) == value;
}

err_t arch_terminal_init(void)
{
    err_t error;

    if (!has_scratch(COM2, 0x55) || !has_scratch(COM2, 0xaa))
        return ERR_NOT_FOUND;
    set_up(COM2, MODEM_CONTROL_READY | MODEM_CONTROL_OUT2);
    error = irq_route(COM2_IRQ, VECTOR_ISA + COM2_IRQ);
    if (error)
        return error;
    has_terminal = true;
    arch_terminal_listen(true);
    return ERR_OK;
}

bool arch_terminal_read(uint8_t *byte)
{
    if (!has_status(COM2, LINE_STATUS_READY))
        return false;
    *byte = cpu_in8(COM2 + DATA);
    return true;
}

size_t arch_terminal_room(void)
{
    return has_status(COM2, LINE_STATUS_EMPTY) ? FIFO_LEN : 0;
}

void arch_terminal_write(const uint8_t *bytes, size_t len)
{
    cpu_out8_all(COM2 + DATA, bytes, len);
}

/* The interrupt is an edge: what is there already makes a new one only after it was off. */
void arch_terminal_listen(bool on)
{
    cpu_out8(COM2 + INTERRUPT_ENABLE, 0);
    if (on)
        cpu_out8(COM2 + INTERRUPT_ENABLE, INTERRUPT_INPUT);
}

void arch_terminal_drain(void)
{
    while (has_terminal && !has_status(COM2, LINE_STATUS_SENT))
        arch_relax();
}
