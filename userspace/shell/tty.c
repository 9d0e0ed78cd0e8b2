/*
 * What a program reads from the terminal: lines that the user can edit, or bytes as they are typed.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "tty.h"

#include <string.h>

#define BELL           "\a"
#define CTRL_C         0x03
#define CTRL_D         0x04
#define CTRL_BACKSLASH 0x1c

void tty_open(struct tty *tty, void (*write)(void *context, const char *bytes, size_t len),
              void *context)
{
    *tty = (struct tty){
        .line = {.display = {.write = write, .context = context}, .columns = TTY_COLUMNS}};
    line_begin(&tty->line, "");
}

static bool has_room(const struct tty *tty)
{
    return TTY_LEN - tty->n >= (tty->mode == TTY_KEYS ? 1 : TEXT_MAX + 1);
}

static void line_take(struct tty *tty)
{
    memcpy(tty->bytes + tty->n, tty->line.text.bytes, tty->line.text.len);
    tty->n += tty->line.text.len;
    tty->bytes[tty->n++] = '\n';
    line_begin(&tty->line, "");
}

static bool type_in_line(struct tty *tty, uint8_t byte)
{
    switch (line_feed(&tty->line, byte)) {
    case LINE_DONE:
        line_take(tty);
        break;
    case LINE_END:
        tty->bytes[tty->n++] = CTRL_D;
        break;
    case LINE_CANCELLED:
        return false;
    case LINE_MORE:
        break;
    }
    return true;
}

static bool type_in_room(struct tty *tty, uint8_t byte)
{
    if (!has_room(tty)) {
        display_write(&tty->line.display, BELL);
        return byte != CTRL_C || tty->mode == TTY_KEYS;
    }
    if (tty->mode != TTY_KEYS)
        return type_in_line(tty, byte);
    tty->bytes[tty->n++] = (char)byte;
    return true;
}

/* With the program goes what was typed for it. */
bool tty_type(struct tty *tty, uint8_t byte)
{
    if (byte != CTRL_BACKSLASH && type_in_room(tty, byte))
        return true;
    tty->n = 0;
    line_begin(&tty->line, "");
    return false;
}

bool tty_is_ready(const struct tty *tty)
{
    return tty->n > 0;
}

static bool is_at_end(const struct tty *tty)
{
    return tty->mode != TTY_KEYS && tty->n > 0 && tty->bytes[0] == CTRL_D;
}

/* A line at a time; what stands before an end has one of its own. */
static size_t ready_len(const struct tty *tty, size_t room)
{
    size_t len = tty->n < room ? tty->n : room;
    const char *end = tty->mode == TTY_KEYS ? NULL : memchr(tty->bytes, '\n', len);

    return end ? (size_t)(end - tty->bytes) + 1 : len;
}

static void drop(struct tty *tty, size_t len)
{
    tty->n -= len;
    memmove(tty->bytes, tty->bytes + len, tty->n);
}

size_t tty_take(struct tty *tty, void *to, size_t room)
{
    size_t len = ready_len(tty, room);

    if (is_at_end(tty)) {
        drop(tty, 1);
        return 0;
    }
    memcpy(to, tty->bytes, len);
    drop(tty, len);
    return len;
}

void tty_give_back(struct tty *tty, const void *bytes, size_t len)
{
    static const char end = CTRL_D;

    if (len == 0) {
        bytes = &end;
        len = 1;
    }
    memmove(tty->bytes + len, tty->bytes, tty->n);
    memcpy(tty->bytes, bytes, len);
    tty->n += len;
}

void tty_set_mode(struct tty *tty, enum tty_mode mode)
{
    tty_hide(tty);
    if ((mode == TTY_KEYS) != (tty->mode == TTY_KEYS))
        display_write(&tty->line.display, mode == TTY_KEYS ? KEYS_PASTE_OFF : KEYS_PASTE_ON);
    tty->mode = mode;
    tty->line.is_hidden = mode == TTY_HIDDEN;
    tty_show(tty);
}

static bool is_shown(const struct tty *tty)
{
    return tty->mode == TTY_LINE && tty->line.text.len > 0;
}

void tty_hide(struct tty *tty)
{
    if (is_shown(tty))
        line_hide(&tty->line);
}

void tty_show(struct tty *tty)
{
    if (is_shown(tty))
        line_show(&tty->line);
}

size_t tty_close(struct tty *tty, char *to, size_t room)
{
    size_t len = tty->n < room ? tty->n : room;
    size_t last = tty->line.text.len < room - len ? tty->line.text.len : room - len;

    tty_hide(tty);
    if (tty->mode == TTY_KEYS)
        display_write(&tty->line.display, KEYS_PASTE_ON);
    if (tty->mode != TTY_LINE)
        return 0;
    memcpy(to, tty->bytes, len);
    memcpy(to + len, tty->line.text.bytes, last);
    return len + last;
}
