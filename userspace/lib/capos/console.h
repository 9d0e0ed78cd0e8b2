/*
 * Clients of Console and TerminalSession.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdarg.h>

#include "capos/call.h"

#define CONSOLE_LINE_LEN 240 /* longer lines of console_printf() are cut */

/* At most 4000 bytes; each line of them becomes a line of the log. */
struct outcome console_write(cap_t console, const char *text, size_t len);

/* One line (without a line feed) to the granted "console"; nothing without that grant. */
struct outcome console_printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
struct outcome console_printf_list(const char *format, va_list list);

enum terminal_echo { TERMINAL_VISIBLE, TERMINAL_HIDDEN };
enum terminal_outcome { TERMINAL_LINE, TERMINAL_CANCELLED };

/* A line of at most ROOM bytes, copied to TO without an end; its length, and how it ended. */
struct outcome terminal_read_line(cap_t terminal, enum terminal_echo echo, void *to, uint32_t room,
                                  uint32_t *len, enum terminal_outcome *ended);
struct outcome terminal_write(cap_t terminal, const void *bytes, size_t len);
struct outcome terminal_close(cap_t terminal);
