/*
 * Fuzzes object/line_editor.c: the first two bytes say how long a line may be and whether it is visible, the others are typed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Of ASCII the screen must show the line, each byte of it and nothing else. Of a hidden line it shows nothing.
 */
#include "object/line_editor.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct {
    char row[LINE_LEN_MAX + 1];
    size_t column;
    unsigned rows;
} screen;

static void require(bool condition)
{
    if (!condition)
        abort();
}

/* What a screen makes of it; a cell that was overwritten with a space at the end is none. */
static void show(char byte)
{
    switch (byte) {
    case '\a':
        break;
    case '\n':
        screen.column = 0;
        screen.rows++;
        break;
    case '\b':
        require(screen.column > 0);
        screen.column--;
        break;
    default:
        require(screen.column < sizeof(screen.row));
        screen.row[screen.column++] = byte;
        break;
    }
}

static void echo(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        show(bytes[i]);
}

static bool is_ascii(struct bytes bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.at[i] >= 0x80)
            return false;
    }
    return true;
}

static void check_line(const struct line_editor *editor, bool is_all_ascii)
{
    struct bytes line = line_editor_line(editor);

    require(line.len <= editor->max);
    for (size_t i = 0; i < line.len; i++)
        require(line.at[i] >= ' ' && line.at[i] != 0x7f);
    if (!editor->visible)
        require(screen.column == 0 && screen.rows == 0);
    else if (is_all_ascii)
        require(line.len == screen.column && memcmp(line.at, screen.row, line.len) == 0);
}

static void end_line(struct line_editor *editor)
{
    unsigned rows = screen.rows;

    line_editor_end(editor);
    require(screen.rows == rows + 1);
    for (size_t i = 0; i < sizeof(editor->line); i++)
        require(editor->line[i] == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;

    struct bytes typed = {data + 2, size - 2};
    bool is_all_ascii = is_ascii(typed), visible = data[1] & 1;
    uint32_t max = 1 + (data[0] | (data[1] & 6) << 7) % LINE_LEN_MAX;
    struct line_editor editor = {.echo = echo};

    memset(&screen, 0, sizeof(screen));
    line_editor_begin(&editor, max, visible);
    for (size_t i = 0; i < typed.len; i++) {
        enum line_event event = line_editor_take(&editor, typed.at[i]);

        check_line(&editor, is_all_ascii);
        if (event == LINE_GOES_ON)
            continue;
        end_line(&editor);
        memset(&screen, 0, sizeof(screen));
        line_editor_begin(&editor, max, visible);
    }
    end_line(&editor);
    return 0;
}
