/*
 * A run of foreign bytes, and little-endian fields in it that cannot be read past its end.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

struct bytes {
    const uint8_t *at;
    size_t len;
};

/* The field of LEN (at most 8) bytes at OFFSET; 0 when any of it lies past the end. */
static inline uint64_t bytes_field(struct bytes bytes, size_t offset, size_t len)
{
    uint64_t value = 0;

    if (offset > bytes.len || len > bytes.len - offset)
        return 0;
    while (len--)
        value = value << 8 | bytes.at[offset + len];
    return value;
}

/* The bytes from OFFSET to the end; none when OFFSET lies past it. */
static inline struct bytes bytes_from(struct bytes bytes, size_t offset)
{
    if (offset > bytes.len)
        offset = bytes.len;
    return (struct bytes){bytes.at + offset, bytes.len - offset};
}
