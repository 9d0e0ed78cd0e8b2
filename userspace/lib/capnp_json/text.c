/*
 * Texts of messages, which may be any bytes, as JSON, which is UTF-8.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp_json/text.h"

#include <json-c/printbuf.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* The first byte of a sequence says how long it is, and with it what the second one may be (RFC
 * 3629, section 4). */
static const struct lead {
    uint8_t first, last, len, second_least, second_most;
} leads[] = {
    {0x00, 0x7f, 1, 0x80, 0xbf}, {0xc2, 0xdf, 2, 0x80, 0xbf}, {0xe0, 0xe0, 3, 0xa0, 0xbf},
    {0xe1, 0xec, 3, 0x80, 0xbf}, {0xed, 0xed, 3, 0x80, 0x9f}, {0xee, 0xef, 3, 0x80, 0xbf},
    {0xf0, 0xf0, 4, 0x90, 0xbf}, {0xf1, 0xf3, 4, 0x80, 0xbf}, {0xf4, 0xf4, 4, 0x80, 0x8f},
};

static const struct lead *lead_of(uint8_t byte)
{
    for (unsigned i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (byte >= leads[i].first && byte <= leads[i].last)
            return &leads[i];
    }
    return NULL;
}

/* The length of the sequence at the beginning of LEN bytes, at least one; 0 when it is not
 * well-formed. */
static uint32_t sequence_len(const uint8_t *at, uint32_t len)
{
    const struct lead *lead = lead_of(at[0]);

    if (!lead || lead->len > len)
        return 0;
    if (lead->len > 1 && (at[1] < lead->second_least || at[1] > lead->second_most))
        return 0;
    for (uint32_t i = 2; i < lead->len; i++) {
        if ((at[i] & 0xc0) != 0x80)
            return 0;
    }
    return lead->len;
}

static bool is_well_formed(struct capnp_text text)
{
    uint32_t i = 0, len = 1;

    for (; i < text.len && len; i += len)
        len = sequence_len((const uint8_t *)text.at + i, text.len - i);
    return i == text.len && len;
}

static bool add_replaced(struct printbuf *to, struct capnp_text text)
{
    for (uint32_t i = 0; i < text.len;) {
        uint32_t len = sequence_len((const uint8_t *)text.at + i, text.len - i);
        const char *from = len ? text.at + i : REPLACEMENT;

        if (printbuf_memappend(to, from, len ? (int)len : (int)sizeof(REPLACEMENT) - 1) < 0)
            return false;
        i += len ? len : 1;
    }
    return true;
}

struct json_object *text_decode(struct capnp_text text)
{
    struct json_object *json = NULL;
    struct printbuf *replaced;

    if (is_well_formed(text))
        return json_object_new_string_len(text.at, (int)text.len);
    replaced = printbuf_new();
    if (replaced && add_replaced(replaced, text))
        json = json_object_new_string_len(replaced->buf, printbuf_length(replaced));
    if (replaced)
        printbuf_free(replaced);
    return json;
}
