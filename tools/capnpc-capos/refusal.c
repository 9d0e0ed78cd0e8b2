/*
 * Why a request was refused: the first reason found, for people.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "refusal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Foreign text is cut, and what could act on a terminal becomes a question mark. */
static size_t clean(char *to, size_t room, struct capnp_text text)
{
    size_t len = text.len < room ? text.len : room;

    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        to[i] = byte < ' ' || byte == 0x7f ? '?' : (char)byte;
    }
    return len;
}

void refuse(struct refusal *refusal, struct capnp_text path, struct capnp_text member,
            const char *format, ...)
{
    char where[200], name[64];
    int where_len = (int)clean(where, sizeof(where), path);
    int name_len = (int)clean(name, sizeof(name), member);
    const char *colon = memchr(where, ':', (size_t)where_len);
    int file_len = colon ? (int)(colon - where) : where_len;
    size_t room = sizeof(refusal->text), at;
    va_list arguments;

    if (is_refused(refusal))
        return;
    snprintf(refusal->text, room, "%.*s: ", file_len, where);
    at = strlen(refusal->text);
    if (colon)
        snprintf(refusal->text + at, room - at, "%.*s", where_len - file_len - 1, colon + 1);
    if (name_len)
        snprintf(refusal->text + strlen(refusal->text), room - strlen(refusal->text), "%s%.*s",
                 colon ? "." : "", name_len, name);
    at = strlen(refusal->text);
    va_start(arguments, format);
    if (colon || name_len)
        at += (size_t)snprintf(refusal->text + at, room - at, ": ");
    vsnprintf(refusal->text + at, room - at, format, arguments);
    va_end(arguments);
}
