/* A growable byte string, always followed by a NUL so that its data is also a C string.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Owned by whoever declared it; `(struct buffer){0}` is an empty one. When memory runs out the
 * process aborts: the harness has nothing sensible to do without memory, and a runner that died is
 * reported as an error of the host, never as a pass.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct buffer {
    char *data; /* NULL while nothing was ever added */
    size_t len; /* bytes, without the NUL */
    size_t capacity;
};

void buffer_add(struct buffer *, const void *data, size_t len);
void buffer_add_text(struct buffer *, const char *text);
void buffer_add_char(struct buffer *, char c);
void buffer_printf(struct buffer *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_vprintf(struct buffer *, const char *format, va_list args);

/* The contents as a C string, "" when empty. Valid until the buffer changes. */
const char *buffer_text(const struct buffer *);

/* Drops the first @len bytes. */
void buffer_drop(struct buffer *, size_t len);

/* Releases the memory and leaves an empty buffer. */
void buffer_fini(struct buffer *);

/* Formats into new memory, to be given to free(). */
char *format_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* strdup() that aborts instead of failing; NULL gives NULL. */
char *copy_text(const char *text);

/* Adds @len bytes with what a terminal would not show written as \xNN; line feeds stay. */
void buffer_add_escaped(struct buffer *, const char *data, size_t len);
