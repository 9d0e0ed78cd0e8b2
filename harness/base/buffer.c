/* A growable byte string.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buffer *b, size_t more)
{
    if (b->capacity - b->len > more)
        return;
    size_t capacity = b->capacity ? b->capacity : 256;
    while (capacity - b->len <= more)
        capacity *= 2;
    char *data = realloc(b->data, capacity);
    if (!data)
        abort();
    b->data = data;
    b->capacity = capacity;
}

void buffer_add(struct buffer *b, const void *data, size_t len)
{
    reserve(b, len);
    if (len)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buffer_add_text(struct buffer *b, const char *text)
{
    buffer_add(b, text, strlen(text));
}

void buffer_add_char(struct buffer *b, char c)
{
    buffer_add(b, &c, 1);
}

void buffer_vprintf(struct buffer *b, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    if (len < 0)
        abort();
    reserve(b, (size_t)len);
    vsnprintf(b->data + b->len, (size_t)len + 1, format, again);
    va_end(again);
    b->len += (size_t)len;
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buffer_vprintf(b, format, args);
    va_end(args);
}

const char *buffer_text(const struct buffer *b)
{
    return b->data ? b->data : "";
}

void buffer_drop(struct buffer *b, size_t len)
{
    if (len == 0)
        return;
    memmove(b->data, b->data + len, b->len - len + 1);
    b->len -= len;
}

void buffer_fini(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer){0};
}

char *format_text(const char *format, ...)
{
    struct buffer b = {0};
    va_list args;
    va_start(args, format);
    buffer_vprintf(&b, format, args);
    va_end(args);
    return b.data;
}

char *copy_text(const char *text)
{
    if (!text)
        return NULL;
    char *copy = strdup(text);
    if (!copy)
        abort();
    return copy;
}

void buffer_add_escaped(struct buffer *b, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)data[i];
        if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f))
            buffer_add_char(b, (char)c);
        else
            buffer_printf(b, "\\x%02x", c);
    }
}
