/*
 * UTF-8 characters in texts that are known to be valid, and one being put together byte by byte.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define UTF8_MAX 4 /* bytes of one character */

/* Where the character before (after) the byte AT begins; 0 (LEN) at the ends of the text. The marks behind a letter, which
 * take no column, belong to it. */
size_t utf8_before(const char *text, size_t at);
size_t utf8_after(const char *text, size_t len, size_t at);

/* Columns on a terminal of the LEN bytes, and of the character at TEXT: 0 is a mark. */
size_t utf8_columns(const char *text, size_t len);
size_t utf8_columns_at(const char *text);

/* A character that comes in bytes. Zero is the beginning. */
struct utf8_parts {
    char bytes[UTF8_MAX];
    uint8_t n, expected;
    uint32_t code;
};

/* Takes a byte above 0x7f. True: the character is whole, in BYTES and N, and may be shown. Overlong forms, surrogates,
 * numbers beyond Unicode and control characters, those of the direction of writing among them, are dropped, and so is what
 * stands before a byte that does not fit. */
bool utf8_feed(struct utf8_parts *, uint8_t byte);
