/*
 * Lines on the console.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/console.h"

#include "capos/format.h"
#include "capos/start.h"

struct outcome console_printf_list(const char *format, va_list list)
{
    char line[CONSOLE_LINE_LEN];
    const struct grant *console = capos_grant("console");
    size_t len = format_text_list(line, sizeof(line), format, list);

    return console ? console_write(console->cap, capnp_text_n(line, (uint32_t)len))
                   : outcome_transport(ERR_NOT_FOUND);
}

struct outcome console_printf(const char *format, ...)
{
    va_list list;
    struct outcome outcome;

    va_start(list, format);
    outcome = console_printf_list(format, list);
    va_end(list);
    return outcome;
}
