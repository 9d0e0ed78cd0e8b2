/*
 * Reads the elements of Cap'n Proto lists.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html, "Lists". Element I from the end of the list on
 * reads as 0, null or empty. What a list is read as was said when it was got, and is checked there.
 */
#pragma once

#include "capnp/reader.h"

static inline uint32_t capnp_list_len(struct capnp_list list)
{
    return list.n;
}

/* Element I as a struct; one that is not a struct becomes the first field of one. */
static inline struct capnp_struct capnp_list_struct(struct capnp_list list, uint32_t i)
{
    const uint8_t *at;

    if (i >= list.n)
        return (struct capnp_struct){.message = list.message};
    at = list.first + (uint64_t)i * list.step;
    return (struct capnp_struct){
        .message = list.message,
        .data = at,
        .pointers = (const uint64_t *)(at + list.data_len),
        .data_len = list.data_len,
        .n_pointers = list.n_pointers,
        .depth = list.depth,
        .segment = list.segment,
    };
}

static inline uint64_t capnp_list_u64(struct capnp_list list, uint32_t i)
{
    return capnp_u64(capnp_list_struct(list, i), 0);
}

static inline uint32_t capnp_list_u32(struct capnp_list list, uint32_t i)
{
    return capnp_u32(capnp_list_struct(list, i), 0);
}

static inline uint16_t capnp_list_u16(struct capnp_list list, uint32_t i)
{
    return capnp_u16(capnp_list_struct(list, i), 0);
}

static inline uint8_t capnp_list_u8(struct capnp_list list, uint32_t i)
{
    return capnp_u8(capnp_list_struct(list, i), 0);
}

static inline bool capnp_list_bool(struct capnp_list list, uint32_t i)
{
    return i < list.n && list.size == CAPNP_BIT && (list.first[i / 8] >> i % 8 & 1);
}

static inline struct capnp_pointer capnp_list_pointer(struct capnp_list list, uint32_t i)
{
    return capnp_get_pointer(capnp_list_struct(list, i), 0);
}

static inline struct capnp_text capnp_list_text(struct capnp_list list, uint32_t i)
{
    return capnp_pointer_text(capnp_list_pointer(list, i));
}

static inline struct capnp_data capnp_list_data(struct capnp_list list, uint32_t i)
{
    return capnp_pointer_data(capnp_list_pointer(list, i));
}

static inline struct capnp_list capnp_list_list(struct capnp_list list, uint32_t i,
                                                enum capnp_size expected)
{
    return capnp_pointer_list(capnp_list_pointer(list, i), expected);
}

static inline uint32_t capnp_list_cap(struct capnp_list list, uint32_t i)
{
    return capnp_pointer_cap(capnp_list_pointer(list, i));
}
