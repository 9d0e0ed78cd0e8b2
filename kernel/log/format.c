/*
 * Formats text into a buffer of fixed size.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "log/format.h"

#include "lib/string.h"

/* One conversion: %[0][width][.precision][l|ll|z]letter */
struct conversion {
    bool zero;
    size_t width;
    size_t precision; /* SIZE_MAX: none given */
    unsigned n_long;
    char letter;
};

static void put(struct text *text, char c)
{
    if (text->len < text->size)
        text->at[text->len++] = c;
    else
        text->cut = true;
}

static void put_escaped(struct text *text, char c)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char byte = (unsigned char)c;

    if (byte >= ' ' && byte <= '~') {
        put(text, c);
        return;
    }
    put(text, '\\');
    put(text, 'x');
    put(text, digits[byte >> 4]);
    put(text, digits[byte & 15]);
}

static void put_string(struct text *text, const struct conversion *how, const char *string)
{
    if (!string)
        string = "(null)";
    /* Stops as soon as the text is cut: the rest of a long string is not worth reading. */
    for (size_t i = 0; i < how->precision && string[i] && !text->cut; i++)
        put_escaped(text, string[i]);
}

static void put_number(struct text *text, const struct conversion *how, uint64_t value,
                       unsigned base, bool negative)
{
    char digits[20]; /* 2^64 - 1 has 20 decimal digits */
    size_t n = 0;

    do {
        digits[n++] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value);

    size_t len = n + negative;
    size_t pad = how->width > len ? how->width - len : 0;

    if (negative && how->zero)
        put(text, '-');
    while (pad--)
        put(text, how->zero ? '0' : ' ');
    if (negative && !how->zero)
        put(text, '-');
    while (n)
        put(text, digits[--n]);
}

static size_t parse_number(const char **at, va_list *list)
{
    size_t value = 0;

    if (**at == '*') {
        (*at)++;
        int given = va_arg(*list, int);
        return given < 0 ? 0 : (size_t)given;
    }
    for (; **at >= '0' && **at <= '9'; (*at)++)
        value = value * 10 + (size_t)(**at - '0');
    return value;
}

static struct conversion parse_conversion(const char **at, va_list *list)
{
    struct conversion how = {.precision = SIZE_MAX};

    if (**at == '0') {
        how.zero = true;
        (*at)++;
    }
    how.width = parse_number(at, list);
    if (**at == '.') {
        (*at)++;
        how.precision = parse_number(at, list);
    }
    while (**at == 'l' || **at == 'z') {
        how.n_long++;
        (*at)++;
    }
    how.letter = **at;
    if (**at)
        (*at)++;
    return how;
}

/* long, long long and size_t are all 64 bits here. */
static uint64_t take_unsigned(const struct conversion *how, va_list *list)
{
    return how->n_long ? va_arg(*list, unsigned long) : va_arg(*list, unsigned);
}

static int64_t take_signed(const struct conversion *how, va_list *list)
{
    return how->n_long ? va_arg(*list, long) : va_arg(*list, int);
}

static void put_pointer(struct text *text, const void *pointer)
{
    put(text, '0');
    put(text, 'x');
    put_number(text, &(struct conversion){.zero = true, .width = 16}, (uintptr_t)pointer, 16,
               false);
}

static void put_conversion(struct text *text, const struct conversion *how, va_list *list)
{
    int64_t number;

    switch (how->letter) {
    case 's':
        put_string(text, how, va_arg(*list, const char *));
        break;
    case 'c':
        put_escaped(text, (char)va_arg(*list, int));
        break;
    case 'd':
    case 'i':
        number = take_signed(how, list);
        /* Negated as unsigned, so that the smallest number has no overflow. */
        put_number(text, how, number < 0 ? -(uint64_t)number : (uint64_t)number, 10, number < 0);
        break;
    case 'u':
        put_number(text, how, take_unsigned(how, list), 10, false);
        break;
    case 'x':
        put_number(text, how, take_unsigned(how, list), 16, false);
        break;
    case 'p':
        put_pointer(text, va_arg(*list, const void *));
        break;
    default: /* %%; the compiler rejects the rest where it sees the format */
        put(text, '%');
    }
}

void text_add_list(struct text *text, const char *format, va_list list)
{
    va_list rest;

    va_copy(rest, list);
    while (*format) {
        if (*format != '%') {
            put(text, *format++);
            continue;
        }
        format++;
        struct conversion how = parse_conversion(&format, &rest);
        put_conversion(text, &how, &rest);
    }
    va_end(rest);
}

void text_add(struct text *text, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    text_add_list(text, format, list);
    va_end(list);
}

void text_end(struct text *text)
{
    static const char mark[] = {'.', '.', '.'};

    if (text->cut && text->len >= sizeof(mark))
        memcpy(text->at + text->len - sizeof(mark), mark, sizeof(mark));
}
