/*
 * The lines that were entered before.
 * SPDX-License-Identifier: Apache-2.0
 *
 * They stand one behind another, oldest first, each with a NUL behind it. When there is no room for one more, the oldest
 * go. Zero is an empty history.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define HISTORY_LEN 8192 /* bytes of all lines together */

struct history {
    char lines[HISTORY_LEN];
    size_t used;
    uint32_t n;
};

/* Notes a line of LEN bytes without NULs, unless it is empty, longer than all the room, or what was noted last. */
void history_add(struct history *, const char *line, size_t len);

/* The line that was noted BACK lines ago, NUL-terminated: 1 is the last one; NULL: there is none. */
const char *history_get(const struct history *, uint32_t back);
