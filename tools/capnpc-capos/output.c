/*
 * Text under construction: bounded, and never half written.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool output_reserve(struct output *out, size_t len)
{
    size_t room = out->room ? out->room : 4096;
    char *at;

    if (out->full || len >= OUTPUT_LEN_MAX - out->len) {
        out->full = true;
        return false;
    }
    while (room <= out->len + len)
        room *= 2;
    if (room == out->room)
        return true;
    at = realloc(out->at, room);
    if (!at) {
        out->full = true;
        return false;
    }
    out->at = at;
    out->room = room;
    return true;
}

void put_list(struct output *out, const char *format, va_list arguments)
{
    va_list again;
    int len;

    va_copy(again, arguments);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0 || !output_reserve(out, (size_t)len))
        return;
    vsnprintf(out->at + out->len, out->room - out->len, format, arguments);
    out->len += (size_t)len;
}

void put(struct output *out, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_list(out, format, arguments);
    va_end(arguments);
}

/* TEXT from COLUMN on, broken behind commas. All lines but the first are INDENT to the right. */
static void put_wrapped(struct output *out, unsigned indent, size_t column, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, ",");

        len += text[len] == ',';
        if (column > indent && column + len + 1 > OUTPUT_COLUMNS) {
            if (*text == ' ') {
                text++;
                len--;
            }
            put(out, "\n%*s", (int)indent, "");
            column = indent;
        }
        put(out, "%.*s", (int)len, text);
        column += len;
        text += len;
    }
}

void put_statement(struct output *out, unsigned indent, const char *text)
{
    put(out, "%*s", (int)indent, "");
    put_wrapped(out, indent + 8, indent, text);
    put(out, ";\n");
}

void put_head(struct output *out, const char *result, const char *name, const char *params)
{
    size_t len = strlen(result), column = len + 1 + strlen(name) + 1;
    const char *space = len && result[len - 1] == '*' ? "" : " ";

    if (column + strcspn(params, ",") + 1 <= OUTPUT_COLUMNS) {
        put(out, "%s%s%s(", result, space, name);
    } else {
        put(out, "%s\n%s(", result, name);
        column = strlen(name) + 1;
    }
    put_wrapped(out, 8, column, params);
    put(out, ")");
}

/* One line of a comment. The text must neither end the comment, nor begin one, nor act on a
 * terminal. */
static void put_comment_line(struct output *out, const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool ends = i > 0 && ((line[i - 1] == '*' && line[i] == '/') ||
                              (line[i - 1] == '/' && line[i] == '*'));

        if (ends)
            put(out, " ");
        if ((unsigned char)line[i] >= ' ' && line[i] != 0x7f)
            put(out, "%c", line[i]);
    }
}

void put_comment(struct output *out, const char *indent, const char *text, size_t len)
{
    const char *end, *line = text;

    while (len && (text[len - 1] == '\n' || text[len - 1] == ' '))
        len--;
    if (len == 0)
        return;
    end = text + len;
    put(out, "%s/* ", indent);
    while (line < end) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));

        stop = stop ? stop : end;
        if (line > text)
            put(out, stop > line ? "\n%s * " : "\n%s *", indent);
        put_comment_line(out, line, (size_t)(stop - line));
        line = stop + 1;
    }
    put(out, " */\n");
}

void output_free(struct output *out)
{
    free(out->at);
    *out = (struct output){0};
}
