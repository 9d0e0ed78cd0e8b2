/* Standard output as people and machines read it: colours and a live line on a terminal, plain
 * lines otherwise.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum ink { INK_RED, INK_GREEN, INK_YELLOW, INK_MAGENTA, INK_CYAN, INK_BOLD, INK_DIM };

struct screen {
    bool live;   /* a terminal that can rewrite a line */
    bool colour; /* NO_COLOR is not set */
};

void screen_init(struct screen *);

/* Adds @text in a colour, if there are colours. */
void ink_add(struct buffer *, bool colour, enum ink, const char *text);

/* Adds a unified diff with its lines coloured, indented by @indent. At most @most lines are added;
 * returns how many were left out. */
size_t ink_add_diff(struct buffer *, bool colour, const char *diff, unsigned indent, size_t most);

/* Prints whole lines, above the live line. */
void screen_print(struct screen *, const struct buffer *);

/* Replaces the live line ("": removes it), cut to the terminal's width. */
void screen_live(struct screen *, const char *text);
