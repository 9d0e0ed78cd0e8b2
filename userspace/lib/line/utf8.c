/*
 * UTF-8 characters in texts that are known to be valid, and one being put together byte by byte.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/utf8.h"

#include <wchar.h>

static bool is_inside(char byte)
{
    return ((uint8_t)byte & 0xc0) == 0x80;
}

/* Bytes that a character has by its first one; 0: none begins so. */
static uint8_t len_of(uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2)
        return 0;
    if (first < 0xe0)
        return 2;
    if (first < 0xf0)
        return 3;
    return first < 0xf5 ? 4 : 0;
}

static uint32_t first_bits(uint8_t first, uint8_t len)
{
    return len == 1 ? first : first & (0x7fu >> len);
}

size_t utf8_columns_at(const char *text)
{
    uint8_t len = len_of((uint8_t)text[0]);
    uint32_t code = first_bits((uint8_t)text[0], len);
    int columns;

    for (uint8_t i = 1; i < len; i++)
        code = code << 6 | ((uint8_t)text[i] & 0x3f);
    columns = wcwidth((wchar_t)code);
    return columns > 0 ? (size_t)columns : 0;
}

/* One code point back. */
static size_t step_back(const char *text, size_t at)
{
    do
        at--;
    while (at > 0 && is_inside(text[at]));
    return at;
}

static size_t step(const char *text, size_t len, size_t at)
{
    do
        at++;
    while (at < len && is_inside(text[at]));
    return at;
}

size_t utf8_before(const char *text, size_t at)
{
    if (at > 0)
        at = step_back(text, at);
    while (at > 0 && utf8_columns_at(text + at) == 0)
        at = step_back(text, at);
    return at;
}

size_t utf8_after(const char *text, size_t len, size_t at)
{
    if (at < len)
        at = step(text, len, at);
    while (at < len && utf8_columns_at(text + at) == 0)
        at = step(text, len, at);
    return at;
}

size_t utf8_columns(const char *text, size_t len)
{
    size_t columns = 0;

    for (size_t at = 0; at < len; at = utf8_after(text, len, at))
        columns += utf8_columns_at(text + at);
    return columns;
}

/* They reorder what stands behind them, to the end of the row: text could pass for what it is not. */
static bool is_bidirectional(uint32_t code)
{
    return code == 0x061c || code == 0x200e || code == 0x200f ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

static bool is_shown(uint32_t code, uint8_t len)
{
    static const uint32_t least[UTF8_MAX + 1] = {0, 0, 0x80, 0x800, 0x10000};

    return code >= least[len] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) &&
           !is_bidirectional(code) && wcwidth((wchar_t)code) >= 0;
}

bool utf8_feed(struct utf8_parts *parts, uint8_t byte)
{
    if (!is_inside((char)byte)) {
        *parts = (struct utf8_parts){.expected = len_of(byte)};
        parts->code = first_bits(byte, parts->expected);
    } else {
        parts->code = parts->code << 6 | (byte & 0x3f);
    }
    if (parts->expected == 0)
        return false;
    parts->bytes[parts->n++] = (char)byte;
    if (parts->n < parts->expected)
        return false;
    parts->expected = 0;
    return is_shown(parts->code, parts->n);
}
