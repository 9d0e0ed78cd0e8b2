/* QEMU's monitor, through libvirt: for what libvirt itself has no call.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"
#include "harness/machine/machine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Runs a command of the human monitor with processor @cpu current and adds its answer to @out. */
bool monitor_command(struct machine *, const char *command, unsigned cpu, struct buffer *out,
                     struct error *);

/* Reads @n 64-bit words of memory at the virtual address @address as processor @cpu sees it. */
bool monitor_read_words(struct machine *, unsigned cpu, uint64_t address, uint64_t *words,
                        size_t n);
