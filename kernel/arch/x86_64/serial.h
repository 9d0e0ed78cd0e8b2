/*
 * The console: a 16550 serial port, COM1.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

/* Sets 115200 baud, 8N1, FIFOs on, interrupts off. Where there is no port, output is dropped. */
void serial_init(void);
