/*
 * What a program reads from the terminal: lines that the user can edit, or bytes as they are typed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Bytes go in with tty_type() and come out with tty_take(). Lines are shown as they are typed, in front of what the
 * program shows; Ctrl-C and Ctrl-D mean something there. Ctrl-\ always does. What the program does not read is bounded:
 * what is typed then rings the bell and is dropped.
 */
#pragma once

#include "line/line.h"

#define TTY_LEN     4096 /* bytes that wait to be read */
#define TTY_COLUMNS 80
#define TTY_ROWS    24

enum tty_mode { TTY_LINE, TTY_KEYS, TTY_HIDDEN, TTY_MODES };

struct tty {
    enum tty_mode mode;
    struct line line;
    char bytes
        [TTY_LEN]; /* in lines, Ctrl-D stands for an end of the input; no other control character is there */
    size_t n;
};

/* Begins, with what is to be shown going to WRITE. */
void tty_open(struct tty *, void (*write)(void *context, const char *bytes, size_t len),
              void *context);

/* Takes a byte. False: the program is to be ended, and what it has not read is gone. */
bool tty_type(struct tty *, uint8_t byte);

/* Whether there is something to read, be it the end. Takes it: at most ROOM bytes; 0: the end. */
bool tty_is_ready(const struct tty *);
size_t tty_take(struct tty *, void *to, size_t room);

/* Undoes the last tty_take(): nobody wanted it. */
void tty_give_back(struct tty *, const void *bytes, size_t len);

/* What is being typed is kept. In lines, the terminal shall mark pastes, as it does when a tty is opened. */
void tty_set_mode(struct tty *, enum tty_mode);

/* The program shows something between these. */
void tty_hide(struct tty *);
void tty_show(struct tty *);

/* Ends. What was typed in lines and not read goes to TO, with the beginning of the last one, which is shown no more: at most
 * ROOM bytes. How many they are. */
size_t tty_close(struct tty *, char *to, size_t room);
