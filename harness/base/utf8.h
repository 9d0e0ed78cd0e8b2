/* Which bytes are UTF-8: guests send any bytes, while JSON, XML and HTML must hold text.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"

#include <stddef.h>
#include <stdint.h>

/* The length of the well-formed UTF-8 sequence (RFC 3629) at the start of the C string @text, its
 * code point in @code; 0 when there is none. */
size_t utf8_next(const char *text, uint32_t *code);

/* Adds @text with every byte that is not UTF-8 written as \xNN. */
void buffer_add_utf8(struct buffer *, const char *text);

/* Adds @text for a terminal: what is not UTF-8 and control characters other than tab and line feed
 * are written as \xNN, so that nothing a guest sent can move the cursor. */
void buffer_add_printable(struct buffer *, const char *text);
