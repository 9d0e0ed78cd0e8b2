/*
 * A line as it is typed: bytes in, what the screen shows of them out, and in the end the line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/line_editor.h"

#include "lib/string.h"

#define CTRL_D 0x04
#define CTRL_U 0x15
#define ESCAPE 0x1b
#define DELETE 0x7f

#define UTF8_LEN_MAX 4

static void show(const struct line_editor *editor, const char *bytes, size_t len)
{
    if (editor->visible)
        editor->echo(bytes, len);
}

/* How many bytes the character has that begins with BYTE (RFC 3629, 4); 1 for what begins none. */
static uint32_t utf8_len(uint8_t byte)
{
    if (byte >= 0xc2 && byte <= 0xdf)
        return 2;
    if (byte >= 0xe0 && byte <= 0xef)
        return 3;
    return byte >= 0xf0 && byte <= 0xf4 ? 4 : 1;
}

static bool is_continuation(uint8_t byte)
{
    return (byte & 0xc0) == 0x80;
}

/* How much of the line, which is not empty, is its last character. Continuations that nothing begins are one each. */
static uint32_t last_len(const struct line_editor *editor)
{
    for (uint32_t n = 1; n <= UTF8_LEN_MAX && n <= editor->len; n++) {
        uint8_t byte = editor->line[editor->len - n];

        if (!is_continuation(byte))
            return n <= utf8_len(byte) ? n : 1;
    }
    return 1;
}

static void rub_out(struct line_editor *editor)
{
    editor->len -= last_len(editor);
    show(editor, "\b \b", 3);
}

/* A character whose first byte finds room has room for all of them. */
static void insert(struct line_editor *editor, uint8_t byte)
{
    uint32_t n = utf8_len(byte);

    if (editor->dropping && is_continuation(byte)) {
        editor->dropping--;
        return;
    }
    editor->dropping = 0;
    if (n > editor->max - editor->len) {
        editor->dropping = (uint8_t)(n - 1);
        show(editor, &(char){LINE_BELL}, 1);
        return;
    }
    editor->line[editor->len++] = byte;
    show(editor, (const char *)&byte, 1);
}

/* What follows BYTE, which is the first or an intermediate one behind ESC. */
static enum line_sequence behind_escape(uint8_t byte)
{
    switch (byte) {
    case '[':
        return SEQUENCE_CONTROL;
    case 'O':
        return SEQUENCE_SINGLE;
    case ']': /* OSC */
    case 'P': /* DCS */
    case 'X': /* SOS */
    case '^': /* PM */
    case '_': /* APC */
        return SEQUENCE_STRING;
    default:
        return byte < '0' ? SEQUENCE_ESCAPE : SEQUENCE_NONE;
    }
}

/* What follows BYTE, a printable one, in a sequence. */
static enum line_sequence next_sequence(enum line_sequence sequence, uint8_t byte)
{
    switch (sequence) {
    case SEQUENCE_ESCAPE:
        return behind_escape(byte);
    case SEQUENCE_CONTROL:
        return byte < '@' ? SEQUENCE_CONTROL : SEQUENCE_NONE;
    case SEQUENCE_STRING:
        return SEQUENCE_STRING;
    default:
        return SEQUENCE_NONE;
    }
}

/* Whether BYTE belongs to an escape sequence. What cannot stand in one ends it, and counts for itself. */
static bool is_in_sequence(struct line_editor *editor, uint8_t byte)
{
    bool was_in = editor->sequence != SEQUENCE_NONE;

    if (byte == ESCAPE) {
        editor->sequence = SEQUENCE_ESCAPE;
        return true;
    }
    if (byte < ' ' || byte >= DELETE) {
        editor->sequence = SEQUENCE_NONE;
        return false;
    }
    editor->sequence = next_sequence(editor->sequence, byte);
    return was_in;
}

void line_editor_begin(struct line_editor *editor, uint32_t max, bool visible)
{
    editor->len = 0;
    editor->max = max;
    editor->visible = visible;
    editor->dropping = 0;
}

enum line_event line_editor_take(struct line_editor *editor, uint8_t byte)
{
    bool after_return = editor->after_return;

    editor->after_return = byte == '\r';
    if (is_in_sequence(editor, byte))
        return LINE_GOES_ON;
    switch (byte) {
    case '\r':
        return LINE_ENDS;
    case '\n':
        return after_return ? LINE_GOES_ON : LINE_ENDS;
    case LINE_CANCEL:
        return LINE_IS_CANCELLED;
    case CTRL_D:
        return editor->len ? LINE_GOES_ON : LINE_IS_CANCELLED;
    case CTRL_U:
        while (editor->len)
            rub_out(editor);
        break;
    case '\b':
    case DELETE:
        if (editor->len)
            rub_out(editor);
        break;
    default:
        if (byte >= ' ')
            insert(editor, byte);
        break;
    }
    return LINE_GOES_ON;
}

struct bytes line_editor_line(const struct line_editor *editor)
{
    return (struct bytes){editor->line, editor->len};
}

/* All of it: what was rubbed out may be part of a password, too. */
void line_editor_end(struct line_editor *editor)
{
    memset(editor->line, 0, sizeof(editor->line));
    editor->len = 0;
    editor->echo("\n", 1);
}
