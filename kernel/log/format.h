/*
 * Formats text into a buffer of fixed size.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A struct text never overflows and is never terminated by a zero: it is bytes and a length. What
 * does not fit is dropped, and text_end() marks the place.
 */
#pragma once

#include <stdarg.h>

#include "lib/types.h"

struct text {
    char *at;
    size_t len;
    size_t size;
    bool cut; /* something was dropped */
};

static inline struct text text_in(char *buffer, size_t size)
{
    return (struct text){.at = buffer, .size = size};
}

/*
 * Appends as printf would: %s %c %d %i %u %x %p %%, with l, ll, z; a width with or without zero
 * padding for numbers; a precision for %s. %p is 0x and sixteen digits. In %s and %c a byte that
 * does not print becomes \xNN, so foreign text cannot forge a line.
 */
__attribute__((format(printf, 2, 3))) void text_add(struct text *text, const char *format, ...);
__attribute__((format(printf, 2, 0))) void text_add_list(struct text *text, const char *format,
                                                         va_list list);

/* Ends the text: when something was dropped, the last three bytes become "...". */
void text_end(struct text *text);
