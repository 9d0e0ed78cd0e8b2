/*
 * The console: a 16550 serial port, COM1.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Registers and bits are those of the PC16550D data sheet, section 8.
 */
#include "arch/x86_64/serial.h"

#include "arch/arch.h"
#include "arch/x86_64/cpu.h"

enum {
    COM1 = 0x3f8,
    DATA = COM1,
    INTERRUPT_ENABLE = COM1 + 1,
    DIVISOR_LOW = COM1, /* the divisor while LINE_CONTROL_DIVISOR is set */
    DIVISOR_HIGH = COM1 + 1,
    FIFO_CONTROL = COM1 + 2,
    LINE_CONTROL = COM1 + 3,
    MODEM_CONTROL = COM1 + 4,
    LINE_STATUS = COM1 + 5,
};

#define DIVISOR_115200        1
#define FIFO_ENABLE_AND_CLEAR 0x07
#define FIFO_LEN              16
#define LINE_CONTROL_8N1      0x03
#define LINE_CONTROL_DIVISOR  0x80
#define LINE_STATUS_READY     0x01
#define LINE_STATUS_EMPTY     0x20
#define LINE_STATUS_SENT      0x40
#define MODEM_CONTROL_READY   0x03 /* DTR, RTS */
#define NO_PORT               0xff

static bool present;

void serial_init(void)
{
    cpu_out8(INTERRUPT_ENABLE, 0);
    cpu_out8(LINE_CONTROL, LINE_CONTROL_DIVISOR);
    cpu_out8(DIVISOR_LOW, DIVISOR_115200);
    cpu_out8(DIVISOR_HIGH, 0);
    cpu_out8(LINE_CONTROL, LINE_CONTROL_8N1);
    cpu_out8(FIFO_CONTROL, FIFO_ENABLE_AND_CLEAR);
    cpu_out8(MODEM_CONTROL, MODEM_CONTROL_READY);
    present = cpu_in8(LINE_STATUS) != NO_PORT;
}

/*
 * An empty transmitter takes a whole FIFO without another look; a port access is what a guest pays
 * for. The wait has no limit: without flow control a port that is present drains, however slowly,
 * and a log with holes is worth less than a late one.
 */
void arch_console_write(const char *bytes, size_t len)
{
    while (present && len) {
        size_t part = len < FIFO_LEN ? len : FIFO_LEN;

        while (!(cpu_in8(LINE_STATUS) & LINE_STATUS_EMPTY))
            arch_relax();
        cpu_out8_all(DATA, bytes, part);
        bytes += part;
        len -= part;
    }
}

void arch_console_drain(void)
{
    while (present && !(cpu_in8(LINE_STATUS) & LINE_STATUS_SENT))
        arch_relax();
}

char arch_console_read(void)
{
    while (!present || !(cpu_in8(LINE_STATUS) & LINE_STATUS_READY))
        arch_relax();
    return (char)cpu_in8(DATA);
}
