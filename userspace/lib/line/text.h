/*
 * A text that is being edited, and the place in it where that happens.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Valid UTF-8 without control characters; the cursor never stands inside a character. A word is what stands between spaces.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define TEXT_MAX 1023 /* bytes */

struct text {
    char bytes[TEXT_MAX + 1]; /* NUL-terminated */
    size_t len, cursor;
};

/* The text becomes a copy of this one, cut after TEXT_MAX bytes; the cursor goes to its end. */
void text_set(struct text *, const char *from);

/* Inserts LEN bytes at the cursor, which goes behind them; false: there is no room for them, or it is a mark without a
 * letter before it. */
bool text_insert(struct text *, const char *bytes, size_t len);

/* Removes what is between the cursor and TO. */
void text_cut(struct text *, size_t to);

/* The character before and after the cursor, and the word. */
size_t text_before(const struct text *);
size_t text_after(const struct text *);
size_t text_word_begin(const struct text *);
size_t text_word_end(const struct text *);
