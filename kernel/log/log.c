/*
 * The kernel log: one line per event on the console, as "[seconds] source: text".
 * SPDX-License-Identifier: Apache-2.0
 */
#include "log/log.h"

#include "arch/arch.h"
#include "log/format.h"
#include "log/history.h"

#define US_PER_S 1000000

/* A line is on its way out. Seen set only by a panic that interrupts the log (NMI, fault). */
static volatile bool line_open;

static void write_line(struct text *line)
{
    text_end(line);
    line->at[line->len++] = '\n';

    if (line_open)
        arch_console_write("\n", 1);
    line_open = true;
    arch_console_write(line->at, line->len);
    line_open = false;
    log_history_add(line->at, line->len);
}

void log_line_list(const char *source, const char *format, va_list list)
{
    char buffer[LOG_LINE_LEN_MAX];
    struct text line = text_in(buffer, sizeof(buffer) - 1); /* keeps room for the newline */
    uint64_t now = arch_time_us();

    text_add(&line, "[%lu.%06lu] %s: ", now / US_PER_S, now % US_PER_S, source);
    text_add_list(&line, format, list);
    write_line(&line);
}

void log_line(const char *source, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    log_line_list(source, format, list);
    va_end(list);
}

void log_flood(uint32_t n)
{
    for (uint32_t i = 1; i <= n; i++)
        kernel_log("flood %u", i);
}
