/*
 * Names in a manifest: which ones are good, and how any text of it is shown to people.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "name.h"

#include <string.h>

#define CUT "..."

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

bool name_is_good(struct capnp_text name)
{
    if (name.len == 0 || name.len > NAME_LEN_MAX)
        return false;
    for (uint32_t i = 0; i < name.len; i++) {
        if (!is_name_char(name.at[i]))
            return false;
    }
    return true;
}

bool text_equal(struct capnp_text left, struct capnp_text right)
{
    return left.len == right.len && memcmp(left.at, right.at, left.len) == 0;
}

bool text_is(struct capnp_text text, const char *string)
{
    return text.len == strlen(string) && memcmp(text.at, string, text.len) == 0;
}

const char *text_show(struct capnp_text text, char room[TEXT_SHOWN_LEN])
{
    bool cut = text.len >= TEXT_SHOWN_LEN;
    uint32_t len = cut ? TEXT_SHOWN_LEN - sizeof(CUT) : text.len;

    for (uint32_t i = 0; i < len; i++)
        room[i] = text.at[i] >= ' ' && text.at[i] <= '~' ? text.at[i] : '?';
    memcpy(room + len, cut ? CUT : "", cut ? sizeof(CUT) : 1);
    return room;
}
