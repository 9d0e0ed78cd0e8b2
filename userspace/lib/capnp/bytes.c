/*
 * Reads Cap'n Proto text and data: lists of bytes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/target.h"

static const struct capnp_data nothing = {(const uint8_t *)"", 0};

/* The bytes of FROM, which is not null; nothing when it is no list of bytes. */
static inline struct capnp_data read_bytes(struct capnp_pointer from)
{
    const uint64_t *at;
    struct target to;
    uint32_t len;

    if (!target_resolve(from, &to))
        return nothing;
    if (wire_kind(to.pointer) != WIRE_LIST || wire_list_size(to.pointer) != CAPNP_BYTE) {
        target_lie(from.message);
        return nothing;
    }
    len = wire_list_count(to.pointer);
    at = target_take(&to, wire_list_words(CAPNP_BYTE, len), 0);
    return at ? (struct capnp_data){(const uint8_t *)at, len} : nothing;
}

struct capnp_data capnp_pointer_data(struct capnp_pointer from)
{
    return capnp_pointer_is_null(from) ? nothing : read_bytes(from);
}

struct capnp_text capnp_pointer_text(struct capnp_pointer from)
{
    struct capnp_data data;

    if (capnp_pointer_is_null(from))
        return (struct capnp_text){"", 0};
    data = read_bytes(from);
    if (data.len > 0 && data.at[data.len - 1] == 0)
        return (struct capnp_text){(const char *)data.at, data.len - 1};
    target_lie(from.message);
    return (struct capnp_text){"", 0};
}
