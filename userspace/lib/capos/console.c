/*
 * Clients of Console and TerminalSession.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/console.h"

#include "abi/interfaces.h"
#include "capos/format.h"
#include "capos/start.h"

/* A method whose only parameter is a text or data, and that returns nothing. */
static struct outcome write_call(cap_t cap, uint64_t interface_id, uint16_t method,
                                 const void *bytes, size_t len, bool is_text)
{
    struct call call;
    struct outcome outcome;

    if (len > 4096)
        return OUTCOME_TRANSPORT_OF(ERR_NO_ROOM);
    call_open(&call, cap, interface_id, method, (uint32_t)(len + is_text + 7) / 8, 0, 1);
    message_put_bytes(&call.params, call.pointers, bytes, (uint32_t)len, is_text);
    outcome = call_make(&call, 0);
    call_close(&call);
    return outcome;
}

struct outcome console_write(cap_t console, const char *text, size_t len)
{
    return write_call(console, INTERFACE_CONSOLE, CONSOLE_WRITE, text, len, true);
}

struct outcome console_printf_list(const char *format, va_list list)
{
    char line[CONSOLE_LINE_LEN];
    const struct grant *console = capos_grant("console");
    size_t len = format_text_list(line, sizeof(line), format, list);

    return console ? console_write(console->cap, line, len) : OUTCOME_TRANSPORT_OF(ERR_NOT_FOUND);
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

struct outcome terminal_read_line(cap_t terminal, enum terminal_echo echo, void *to, uint32_t room,
                                  uint32_t *len, enum terminal_outcome *ended)
{
    struct call call;
    struct outcome outcome;
    const uint8_t *line;

    call_open(&call, terminal, INTERFACE_TERMINAL_SESSION, TERMINAL_SESSION_READ_LINE, 0, 1, 0);
    message_put_u32(&call.params, call.root, 0, room);
    message_put_u32(&call.params, call.root, 4, echo);
    outcome = call_make(&call, 32 + room);
    message_get_bytes(&call.results, 0, &line, len);
    *ended = message_u16(&call.results, 0);
    if (*len > room)
        *len = room;
    memcpy(to, line, *len);
    call_close(&call);
    return outcome;
}

struct outcome terminal_write(cap_t terminal, const void *bytes, size_t len)
{
    return write_call(terminal, INTERFACE_TERMINAL_SESSION, TERMINAL_SESSION_WRITE, bytes, len,
                      false);
}

struct outcome terminal_close(cap_t terminal)
{
    return capos_call(terminal, INTERFACE_TERMINAL_SESSION, TERMINAL_SESSION_CLOSE, NULL, 0, NULL,
                      0);
}
