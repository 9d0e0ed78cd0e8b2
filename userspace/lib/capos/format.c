/*
 * A small printf: %s %c %d %ld %u %lu %x %lx %%.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/format.h"

#include <stdbool.h>
#include <stdint.h>

struct output {
    char *to;
    size_t len, used;
};

static void put_char(struct output *output, char c)
{
    if (output->used + 1 < output->len)
        output->to[output->used++] = c;
}

static void put_string(struct output *output, const char *string)
{
    while (*string)
        put_char(output, *string++);
}

static void put_number(struct output *output, uint64_t value, unsigned base)
{
    char digits[20];
    unsigned n = 0;

    do
        digits[n++] = "0123456789abcdef"[value % base];
    while (value /= base);
    while (n)
        put_char(output, digits[--n]);
}

static void put_signed(struct output *output, int64_t value)
{
    if (value < 0)
        put_char(output, '-');
    put_number(output, value < 0 ? -(uint64_t)value : (uint64_t)value, 10);
}

/* What cannot be formatted appears as it is, which a reader of the output will notice. */
static void put_conversion(struct output *output, char conversion, bool is_long, va_list *list)
{
    if (conversion == 's') {
        put_string(output, va_arg(*list, const char *));
    } else if (conversion == 'c') {
        put_char(output, (char)va_arg(*list, int));
    } else if (conversion == 'd') {
        put_signed(output, is_long ? va_arg(*list, long) : va_arg(*list, int));
    } else if (conversion == 'u' || conversion == 'x') {
        put_number(output, is_long ? va_arg(*list, unsigned long) : va_arg(*list, unsigned),
                   conversion == 'u' ? 10 : 16);
    } else {
        put_char(output, conversion);
    }
}

size_t format_text_list(char *to, size_t len, const char *format, va_list list)
{
    struct output output = {to, len, 0};
    va_list rest;

    va_copy(rest, list);
    for (; *format; format++) {
        bool is_long;

        if (*format != '%' || !format[1]) {
            put_char(&output, *format);
            continue;
        }
        is_long = *++format == 'l' && format[1];
        format += is_long;
        put_conversion(&output, *format, is_long, &rest);
    }
    va_end(rest);
    if (len > 0)
        to[output.used] = '\0';
    return output.used;
}

size_t format_text(char *to, size_t len, const char *format, ...)
{
    va_list list;
    size_t used;

    va_start(list, format);
    used = format_text_list(to, len, format, list);
    va_end(list);
    return used;
}
