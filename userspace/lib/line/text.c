/*
 * A text that is being edited, and the place in it where that happens.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "line/text.h"

#include "line/utf8.h"

#include <string.h>

void text_set(struct text *text, const char *from)
{
    size_t len = strlen(from);

    if (len > TEXT_MAX)
        len = utf8_before(from, TEXT_MAX + 1);
    memcpy(text->bytes, from, len);
    text->bytes[len] = '\0';
    text->len = text->cursor = len;
}

static bool is_after_letter(const struct text *text)
{
    return text->cursor > 0 && text->bytes[text->cursor - 1] != ' ';
}

bool text_insert(struct text *text, const char *bytes, size_t len)
{
    char *at = text->bytes + text->cursor;

    if (len > TEXT_MAX - text->len || (utf8_columns_at(bytes) == 0 && !is_after_letter(text)))
        return false;
    memmove(at + len, at, text->len - text->cursor + 1);
    memcpy(at, bytes, len);
    text->len += len;
    text->cursor += len;
    return true;
}

void text_cut(struct text *text, size_t to)
{
    size_t from = text->cursor < to ? text->cursor : to;
    size_t end = text->cursor < to ? to : text->cursor;

    memmove(text->bytes + from, text->bytes + end, text->len - end + 1);
    text->len -= end - from;
    text->cursor = from;
}

size_t text_before(const struct text *text)
{
    return utf8_before(text->bytes, text->cursor);
}

size_t text_after(const struct text *text)
{
    return utf8_after(text->bytes, text->len, text->cursor);
}

size_t text_word_begin(const struct text *text)
{
    size_t at = text->cursor;

    while (at > 0 && text->bytes[at - 1] == ' ')
        at--;
    while (at > 0 && text->bytes[at - 1] != ' ')
        at--;
    return at;
}

size_t text_word_end(const struct text *text)
{
    size_t at = text->cursor;

    while (at < text->len && text->bytes[at] == ' ')
        at++;
    while (at < text->len && text->bytes[at] != ' ')
        at++;
    return at;
}
