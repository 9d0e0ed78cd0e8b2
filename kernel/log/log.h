/*
 * The kernel log: one line per event on the console, as "[seconds] source: text".
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdarg.h>

#include "lib/types.h"

/* The longest line, its newline included; a longer one is cut and ends in "...". */
#define LOG_LINE_LEN_MAX 256

/* Prints one line. Does not block on anything but the console. FORMAT as for text_add(). */
__attribute__((format(printf, 2, 3))) void log_line(const char *source, const char *format, ...);
__attribute__((format(printf, 2, 0))) void log_line_list(const char *source, const char *format,
                                                         va_list list);

/* Prints one ordinary line of the kernel. */
#define kernel_log(...) log_line("kernel", __VA_ARGS__)

/* Prints N short lines, to measure the way to the reader and to test it under load. */
void log_flood(uint32_t n);
