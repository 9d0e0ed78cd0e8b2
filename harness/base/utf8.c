/* Which bytes are UTF-8.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/utf8.h"

#include <stdbool.h>

/* How many bytes a sequence has, and its smallest code point: a longer form than needed is not
 * UTF-8. */
static size_t sequence(unsigned char first, uint32_t *bits, uint32_t *least)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t len = first < 0x80             ? 1
                 : (first & 0xe0) == 0xc0 ? 2
                 : (first & 0xf0) == 0xe0 ? 3
                 : (first & 0xf8) == 0xf0 ? 4
                                          : 0;
    *bits = len == 1 ? first : first & (0x7fu >> len);
    *least = smallest[len];
    return len;
}

size_t utf8_next(const char *text, uint32_t *code)
{
    uint32_t value, least;
    size_t len = sequence((unsigned char)text[0], &value, &least);
    if (text[0] == '\0' || len == 0)
        return 0;
    for (size_t i = 1; i < len; i++) {
        unsigned char c = (unsigned char)text[i]; /* the final NUL ends a cut-off sequence */
        if ((c & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (c & 0x3f);
    }
    if (value < least || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return 0;
    *code = value;
    return len;
}

void buffer_add_utf8(struct buffer *b, const char *text)
{
    while (*text) {
        uint32_t code;
        size_t len = utf8_next(text, &code);
        if (len)
            buffer_add(b, text, len);
        else
            buffer_printf(b, "\\x%02x", (unsigned char)*text);
        text += len ? len : 1;
    }
}

void buffer_add_printable(struct buffer *b, const char *text)
{
    while (*text) {
        uint32_t code = 0;
        size_t len = utf8_next(text, &code);
        bool control = code < 0x20 || (code >= 0x7f && code < 0xa0);
        if (len && (!control || code == '\n' || code == '\t'))
            buffer_add(b, text, len);
        else
            for (size_t i = 0; i < (len ? len : 1); i++)
                buffer_printf(b, "\\x%02x", (unsigned char)text[i]);
        text += len ? len : 1;
    }
}
