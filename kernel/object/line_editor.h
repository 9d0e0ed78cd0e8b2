/*
 * A line as it is typed: bytes in, what the screen shows of them out, and in the end the line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * CR, LF or CR LF end the line; backspace and DEL rub out a character, Ctrl-U all of them; Ctrl-C cancels, and so does
 * Ctrl-D on an empty line. Other control bytes and escape sequences (ECMA-48, 5.3 to 5.6; SS3 with one byte) are
 * swallowed. The rest, 0x20 to 0xff, is the line: UTF-8 passes, is rubbed out and finds room as whole characters, and
 * nothing checks that it is valid. What finds no room rings the bell and is dropped.
 *
 * A hidden line shows nothing, not even the bell, until it ends. Knows no device and no caller; its owner protects it.
 *
 *     line_editor_begin(&editor, 80, true);
 *     while (line_editor_take(&editor, next byte) == LINE_GOES_ON) ...
 *     ... line_editor_line(&editor) ...
 *     line_editor_end(&editor);
 */
#pragma once

#include "lib/bytes.h"
#include "lib/types.h"

#define LINE_LEN_MAX 1024

#define LINE_BELL   '\a'
#define LINE_CANCEL 0x03 /* Ctrl-C */

/* What one byte typed shows, at most, when the line has LEN bytes. */
#define LINE_ECHO_MAX(len) (3 * ((len) + 1))

enum line_event { LINE_GOES_ON, LINE_ENDS, LINE_IS_CANCELLED };

enum line_sequence {
    SEQUENCE_NONE,
    SEQUENCE_ESCAPE,  /* behind ESC */
    SEQUENCE_CONTROL, /* behind ESC [: until a final byte */
    SEQUENCE_SINGLE,  /* behind ESC O: one byte more */
    SEQUENCE_STRING,  /* behind ESC ] and its like: until a control byte */
};

/* Besides `echo`, all zero before the first line. */
struct line_editor {
    /* Shows LEN bytes; a line feed goes to the beginning of the next line. */
    void (*echo)(const char *bytes, size_t len);

    uint8_t line[LINE_LEN_MAX]; /* zero when no line is being typed */
    uint32_t len, max;
    bool visible;
    uint8_t dropping; /* bytes to come of a character that found no room */

    /* These outlive the line: what comes late still belongs together. */
    bool after_return;
    enum line_sequence sequence;
};

/* Begins a line of at most MAX bytes, 1 to LINE_LEN_MAX. */
void line_editor_begin(struct line_editor *editor, uint32_t max, bool visible);

/* Takes a byte that was typed. After anything but LINE_GOES_ON the line takes no more. */
enum line_event line_editor_take(struct line_editor *editor, uint8_t byte);

/* What has been typed so far. Valid until the next call. */
struct bytes line_editor_line(const struct line_editor *editor);

/* Ends the line, however it came to that: shows its end and forgets it. */
void line_editor_end(struct line_editor *editor);
