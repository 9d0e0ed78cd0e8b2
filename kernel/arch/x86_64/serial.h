/*
 * The serial ports, 16550s: the console on COM1, the terminal on COM2.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

/* Sets COM1 to 115200 baud, 8N1, FIFOs on, interrupts off. Where there is no port, output is dropped. */
void serial_init(void);
