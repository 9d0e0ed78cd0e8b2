/*
 * The layout of Cap'n Proto pointers; not for callers of the runtime.
 * SPDX-License-Identifier: Apache-2.0
 *
 * https://capnproto.org/encoding.html, "Structs", "Lists", "Inter-Segment Pointers",
 * "Capabilities".
 */
#pragma once

#include "capnp/message.h"

/* The lowest two bits. */
enum wire_kind { WIRE_STRUCT, WIRE_LIST, WIRE_FAR, WIRE_OTHER };

static inline enum wire_kind wire_kind(uint64_t pointer)
{
    return (enum wire_kind)(pointer & 3);
}

/* How many words what a struct or list pointer leads to is behind the word after the pointer. */
static inline uint64_t wire_offset(uint64_t pointer)
{
    return (uint64_t)((int32_t)pointer >> 2);
}

static inline uint64_t wire_pointer(enum wire_kind kind, uint32_t offset, uint64_t upper)
{
    return upper << 32 | (uint32_t)(offset << 2) | kind;
}

/* Of a struct, or of the tag before a list of structs. */
static inline uint32_t wire_data_words(uint64_t pointer)
{
    return pointer >> 32 & 0xffff;
}

static inline uint32_t wire_n_pointers(uint64_t pointer)
{
    return (uint32_t)(pointer >> 48);
}

static inline uint64_t wire_struct_size(uint16_t data_words, uint16_t n_pointers)
{
    return (uint64_t)n_pointers << 16 | data_words;
}

/* The tag's number of structs. */
static inline uint32_t wire_tag_count(uint64_t tag)
{
    return (uint32_t)tag >> 2;
}

/* Of a list: elements, or words when they are structs. */
static inline enum capnp_size wire_list_size(uint64_t pointer)
{
    return (enum capnp_size)(pointer >> 32 & 7);
}

static inline uint32_t wire_list_count(uint64_t pointer)
{
    return (uint32_t)(pointer >> 35);
}

static inline uint64_t wire_list(enum capnp_size size, uint32_t count)
{
    return (uint64_t)count << 3 | size;
}

/* Of a far pointer: where its landing pad is, and whether that has two words. */
static inline uint32_t wire_far_segment(uint64_t pointer)
{
    return (uint32_t)(pointer >> 32);
}

static inline uint32_t wire_far_start(uint64_t pointer)
{
    return (uint32_t)pointer >> 3;
}

static inline bool wire_far_is_double(uint64_t pointer)
{
    return pointer >> 2 & 1;
}

/* The bytes of one element, and the words of N; not of structs, which know it themselves. */
static inline uint32_t wire_element_len(enum capnp_size size)
{
    static const uint8_t lens[] = {0, 0, 1, 2, 4, 8, 8, 0};

    return lens[size];
}

static inline uint64_t wire_list_words(enum capnp_size size, uint64_t n)
{
    return size == CAPNP_BIT ? (n + 63) / 64 : (n * wire_element_len(size) + 7) / 8;
}
