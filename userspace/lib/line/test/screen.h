/*
 * A terminal of one row that understands what the display writes, and the check that it shows what it should.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is strict: writing past the last column but one, an unknown sequence or a cursor that leaves the row is an error, which
 * FAILURE tells.
 */
#pragma once

#include "line/line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCREEN_COLUMNS 80
#define CELL_LEN       64

struct screen {
    char cells[SCREEN_COLUMNS][CELL_LEN]; /* a character with its marks; "" behind a wide one */
    size_t column;
    unsigned rows, bells;
    char sequence[16];
    size_t n_sequence; /* 0: outside */
    struct utf8_parts parts;
    const char *failure;
};

static inline void screen_clear_from(struct screen *screen, size_t column)
{
    for (; column < SCREEN_COLUMNS; column++)
        snprintf(screen->cells[column], CELL_LEN, " ");
}

static inline void screen_open(struct screen *screen)
{
    *screen = (struct screen){0};
    screen_clear_from(screen, 0);
}

static inline void screen_put(struct screen *screen, const char *bytes, size_t len)
{
    char character[UTF8_MAX + 1] = {0};
    size_t columns;

    memcpy(character, bytes, len);
    columns = utf8_columns_at(character);
    if (columns == 0 && screen->column > 0) {
        char *cell = screen->cells[screen->column - 1];

        cell = *cell ? cell : screen->cells[screen->column - 2];
        if (strlen(cell) + len < CELL_LEN)
            strcat(cell, character);
        return;
    }
    if (screen->column + columns >= SCREEN_COLUMNS) {
        screen->failure = "the last column was written";
        return;
    }
    snprintf(screen->cells[screen->column], CELL_LEN, "%s", character);
    if (columns == 2)
        screen->cells[screen->column + 1][0] = '\0';
    screen->column += columns;
}

static inline void screen_sequence(struct screen *screen, char last)
{
    size_t n = strtoul(screen->sequence + 1, NULL, 10);

    if (last == 'K' && screen->n_sequence == 3)
        screen_clear_from(screen, screen->column);
    else if (last == 'C' && screen->column + n < SCREEN_COLUMNS)
        screen->column += n;
    else if (last == 'D' && n <= screen->column)
        screen->column -= n;
    else if (last == 'H')
        screen->column = 0;
    else if (last == 'J')
        screen_clear_from(screen, 0);
    else
        screen->failure = "a sequence that a terminal could take wrongly";
    screen->n_sequence = 0;
}

static inline void screen_control(struct screen *screen, char byte)
{
    if (byte == '\b' && screen->column > 0) {
        screen->column--;
    } else if (byte == '\r') {
        screen->column = 0;
    } else if (byte == '\n') {
        screen->rows++;
        screen->column = 0;
        screen_clear_from(screen, 0);
    } else if (byte == '\a') {
        screen->bells++;
    } else if (byte == '\x1b') {
        screen->n_sequence = 1;
    } else {
        screen->failure = "a control character";
    }
}

static inline void screen_byte(struct screen *screen, char byte)
{
    if (screen->n_sequence > 0 && screen->n_sequence < sizeof(screen->sequence) - 1) {
        screen->sequence[screen->n_sequence - 1] = byte;
        screen->sequence[screen->n_sequence++] = '\0';
        if (byte >= 0x40 && byte != '[')
            screen_sequence(screen, byte);
    } else if (byte >= 0 && byte < 0x20) {
        screen_control(screen, byte);
    } else if (byte >= 0) {
        screen_put(screen, &byte, 1);
    } else if (utf8_feed(&screen->parts, (uint8_t)byte)) {
        screen_put(screen, screen->parts.bytes, screen->parts.n);
    }
}

/* The display's write(). */
static inline void screen_write(void *context, const char *bytes, size_t len)
{
    struct screen *screen = context;

    for (size_t i = 0; i < len; i++)
        screen_byte(screen, bytes[i]);
}

/* The row without the spaces at its end. It lives until the next call. */
static inline const char *screen_row(const struct screen *screen)
{
    static char row[SCREEN_COLUMNS * CELL_LEN];
    size_t len = 0;

    for (size_t i = 0; i < SCREEN_COLUMNS; i++)
        len += (size_t)snprintf(row + len, sizeof(row) - len, "%s", screen->cells[i]);
    while (len > 0 && row[len - 1] == ' ')
        row[--len] = '\0';
    return row;
}

/* Why what is shown is not prompt and text with the cursor in its place, or NULL. A second screen, on which the same
 * text is written at once, is the measure. */
static inline const char *screen_check(const struct screen *screen, const struct line *line)
{
    static struct screen fresh;
    const struct display *display = &line->display;
    size_t cursor;

    if (screen->failure)
        return screen->failure;
    if (line->text.cursor < display->first ||
        line->text.cursor > display->first + display->shown_len)
        return "the cursor's part is not shown";
    if (display->first + display->shown_len > line->text.len)
        return "more is shown than there is";
    screen_open(&fresh);
    screen_write(&fresh, line->prompt, strlen(line->prompt));
    cursor = fresh.column;
    screen_write(&fresh, line->text.bytes + display->first, display->shown_len);
    cursor += utf8_columns(line->text.bytes + display->first, line->text.cursor - display->first);
    for (size_t i = 0; i < SCREEN_COLUMNS; i++) {
        if (strcmp(fresh.cells[i], screen->cells[i]) != 0)
            return "the row is not what it should be";
    }
    return cursor == screen->column ? NULL : "the cursor is in the wrong column";
}
