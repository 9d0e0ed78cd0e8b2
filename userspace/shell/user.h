/*
 * The user at the terminal: a TerminalSession, or the streams stdin and stdout.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is shown is kept back until user_flush(), or until there is much of it. A read of typed bytes is always under
 * way; they go to whoever has called user_listen() last, and are kept, some of them, while nobody listens.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "capos/call.h"

/* Finds the terminal among the grants and begins to read. */
struct outcome user_open(void);

/* Shows what is kept back, and lets go of the terminal. */
void user_close(void);

/* Shows bytes; a display's write(). A line feed begins a new row. */
void user_show(void *, const char *bytes, size_t len);
void user_flush(void);

/* Begins a new row unless the last byte shown did. */
void user_begin_row(void);

/* Lines and parts of them, by printf. What is not plain text in them is shown as '?'. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Shows LEN bytes as text, line feeds included; all that is no UTF-8 or controls the terminal as '?'. */
void say_text(const char *text, size_t len);

/* "WHAT: refused, WHY", or whatever else the outcome is. */
void say_outcome(const char *what, struct outcome);

/* From now on TYPED gets each byte; NULL: nobody. It gets those first that were typed while nobody listened, until it
 * lets another one listen. */
void user_listen(void (*typed)(uint8_t byte));

/* Bytes that are to be as if they had been typed next. */
void user_unread(const char *bytes, size_t len);

/* Gives those that are kept to the listener. */
void user_serve(void);

/* The read under way has ended. */
struct outcome user_read_done(const struct ring_completion *);
