/*
 * arch.h for host tests: memory that a test made up, a console that it can read.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "arch/arch.h"

/* From now on physical memory is a copy of the LEN bytes at BYTES, from address AT; nothing else is
 * mapped. Empties the console. */
void fake_arch_start_at(paddr_t at, const void *bytes, size_t len);

/* The same from address 0. */
void fake_arch_start(const void *bytes, size_t len);

/* Frees all that arch_phys() gave out. */
void fake_arch_end(void);

/* All that was printed since the start, terminated; cut when it was very much. */
const char *fake_console(void);

/* How often LINE, the text of a line after "source: ", was printed. */
unsigned fake_console_count(const char *line);
