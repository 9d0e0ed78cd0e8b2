/*
 * A line of text in one row of a terminal, brought up to date with as few bytes as are needed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The text stands behind a prompt. What is longer than the row is shown in part: always the part with the cursor. The
 * display knows what it wrote last, and moves the cursor only relatively: it may begin anywhere in a row. It needs a
 * terminal that understands backspace and ECMA-48's CUF, CUB and EL, and for which whoever writes makes each line feed a
 * carriage return and a line feed, as TerminalSession does.
 */
#pragma once

#include "line/text.h"

struct display {
    void (*write)(void *context, const char *bytes, size_t len);
    void *context;
    size_t columns; /* for the text, without the prompt; at least 4 */
    size_t first;   /* where in the text the part begins that is shown */
    char shown[TEXT_MAX];
    size_t shown_len;
    size_t cursor; /* in shown, where the terminal's cursor is */
};

void display_write(struct display *, const char *text);

/* Nothing is shown yet, or any more, and the cursor is where the text shall begin. */
void display_begin(struct display *);

void display_update(struct display *, const struct text *);

/* Takes the text away; the cursor is where it began. display_begin() is next. */
void display_clear(struct display *);
