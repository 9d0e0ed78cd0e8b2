/*
 * A line of text in one row of a terminal, brought up to date with as few bytes as are needed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/display.h"

#include "line/utf8.h"

#include <stdio.h>
#include <string.h>

#define CLEAR_TO_END "\x1b[K" /* EL */

void display_write(struct display *display, const char *text)
{
    display->write(display->context, text, strlen(text));
}

void display_begin(struct display *display)
{
    display->first = display->shown_len = display->cursor = 0;
}

static void cursor_move(struct display *display, size_t to)
{
    size_t from = display->cursor;
    size_t columns =
        utf8_columns(display->shown + (from < to ? from : to), from < to ? to - from : from - to);
    char sequence[24];

    display->cursor = to;
    if (columns == 0)
        return;
    if (from > to && columns <= 3)
        snprintf(sequence, sizeof(sequence), "%.*s", (int)columns, "\b\b\b");
    else
        snprintf(sequence, sizeof(sequence), "\x1b[%zu%c", columns, from < to ? 'C' : 'D');
    display_write(display, sequence);
}

/* How much of the text fits the row. One column is left for the cursor. */
static size_t part_len(const struct display *display, const struct text *text)
{
    size_t columns = 0, at = display->first;

    while (at < text->len) {
        columns += utf8_columns_at(text->bytes + at);
        if (columns >= display->columns)
            break;
        at = utf8_after(text->bytes, text->len, at);
    }
    return at - display->first;
}

/* Brings the cursor to about the middle of the row when it has left it. */
static void first_move(struct display *display, const struct text *text)
{
    size_t first = display->first, columns = 0;

    if ((first < text->cursor || first == 0) &&
        utf8_columns(text->bytes + first, text->cursor - first) < display->columns)
        return;
    first = text->cursor;
    while (first > 0 && columns < display->columns / 2) {
        first = utf8_before(text->bytes, first);
        columns += utf8_columns_at(text->bytes + first);
    }
    display->first = first;
}

/* How much of the new part stands there already. */
static size_t same_len(const struct display *display, const char *part, size_t len)
{
    size_t at = 0;

    while (at < len && at < display->shown_len) {
        size_t next = utf8_after(part, len, at);

        if (next != utf8_after(display->shown, display->shown_len, at) ||
            memcmp(part + at, display->shown + at, next - at) != 0)
            break;
        at = next;
    }
    return at;
}

/* Writes the new part from the byte AT on over what is shown there. */
static void part_write(struct display *display, const char *part, size_t len, size_t at)
{
    size_t old = utf8_columns(display->shown + at, display->shown_len - at);

    cursor_move(display, at);
    display->write(display->context, part + at, len - at);
    if (utf8_columns(part + at, len - at) < old)
        display_write(display, CLEAR_TO_END);
    memcpy(display->shown, part, len);
    display->shown_len = display->cursor = len;
}

void display_update(struct display *display, const struct text *text)
{
    const char *part;
    size_t len, same;

    first_move(display, text);
    part = text->bytes + display->first;
    len = part_len(display, text);
    same = same_len(display, part, len);
    if (same < len || same < display->shown_len)
        part_write(display, part, len, same);
    cursor_move(display, text->cursor - display->first);
}

void display_clear(struct display *display)
{
    cursor_move(display, 0);
    if (display->shown_len > 0)
        display_write(display, CLEAR_TO_END);
}
