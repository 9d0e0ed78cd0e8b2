/*
 * A small printf: %s %c %d %ld %u %lu %x %lx %%.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/* Formats into LEN bytes at TO, cut if need be, NUL-terminated. Returns the length written. */
size_t format_text(char *to, size_t len, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
size_t format_text_list(char *to, size_t len, const char *format, va_list list);
