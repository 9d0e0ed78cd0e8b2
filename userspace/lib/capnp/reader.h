/*
 * Reads Cap'n Proto structs and pointers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html, "Structs", "Lists", "Inter-Segment Pointers" and
 * "Capabilities". How lies are dealt with stands in capnp/message.h. Lies are: what lies outside
 * the message, a pointer of another kind or a list of other elements than asked for, text without
 * its final NUL, more words followed than the budget has, and more than CAPNP_DEPTH levels.
 *
 * Everything is passed by value, and valid while its message is. Null pointers read as empty.
 */
#pragma once

#include "capnp/message.h"

struct capnp_struct {
    struct capnp_message *message; /* NULL: of a constant of generated code, which is trusted */
    const uint8_t *data;
    const uint64_t *pointers;
    uint32_t data_len; /* bytes */
    uint16_t n_pointers;
    uint16_t depth; /* levels that may still be entered below */
    uint32_t segment;
};

/* Elements of STEP bytes, each of them data and behind it pointers. Their access: capnp/list.h. */
struct capnp_list {
    struct capnp_message *message;
    const uint8_t *first;
    uint32_t n;
    uint32_t step;     /* bytes; 0 for bits and for nothings */
    uint32_t data_len; /* bytes; 0 for bits */
    uint16_t n_pointers;
    uint16_t depth;
    uint32_t segment;
    enum capnp_size size; /* as encoded */
};

/* A pointer that was not followed yet: AnyPointer. */
struct capnp_pointer {
    struct capnp_message *message;
    const uint64_t *at; /* NULL: a null pointer */
    uint32_t segment;
    uint16_t depth;
};

enum capnp_kind { CAPNP_KIND_NULL, CAPNP_KIND_STRUCT, CAPNP_KIND_LIST, CAPNP_KIND_CAP };

/* capnp_root() where the pointer is not the usual one; not for callers. */
struct capnp_struct capnp_root_unusual(struct capnp_message *message);

/* The message's root. */
static inline struct capnp_struct capnp_root(struct capnp_message *message)
{
    uint64_t n_words = message->first.n_words;
    uint64_t pointer = n_words ? *message->first.words : 0;
    uint64_t data_words = pointer >> 32 & 0xffff, n_pointers = pointer >> 48;

    if (__builtin_expect((uint32_t)pointer || data_words + n_pointers >= n_words, 0))
        return capnp_root_unusual(message);
    return (struct capnp_struct){
        .message = message,
        .data = (const uint8_t *)(message->first.words + 1),
        .pointers = message->first.words + 1 + data_words,
        .data_len = (uint32_t)data_words * 8,
        .n_pointers = (uint16_t)n_pointers,
        .depth = CAPNP_DEPTH - 1,
    };
}

/* The root as a pointer, of which nothing is known yet. */
struct capnp_pointer capnp_root_pointer(struct capnp_message *message);

/* A pointer to what WORDS encode: a message of generated code, which is trusted. */
static inline struct capnp_pointer capnp_constant(const uint64_t *words)
{
    return (struct capnp_pointer){.at = words, .depth = CAPNP_DEPTH};
}

/*
 * Scalars at a byte OFFSET of the data, which is the schema's; 0 behind its end. A field's default,
 * if the schema gives one, is xored by the caller. Bits count from the first byte's lowest.
 */
static inline uint64_t capnp_u64(struct capnp_struct from, uint32_t offset)
{
    uint64_t value = 0;

    if ((uint64_t)offset + sizeof(value) <= from.data_len)
        __builtin_memcpy(&value, from.data + offset, sizeof(value));
    return value;
}

static inline uint32_t capnp_u32(struct capnp_struct from, uint32_t offset)
{
    uint32_t value = 0;

    if ((uint64_t)offset + sizeof(value) <= from.data_len)
        __builtin_memcpy(&value, from.data + offset, sizeof(value));
    return value;
}

static inline uint16_t capnp_u16(struct capnp_struct from, uint32_t offset)
{
    uint16_t value = 0;

    if ((uint64_t)offset + sizeof(value) <= from.data_len)
        __builtin_memcpy(&value, from.data + offset, sizeof(value));
    return value;
}

static inline uint8_t capnp_u8(struct capnp_struct from, uint32_t offset)
{
    return offset < from.data_len ? from.data[offset] : 0;
}

static inline bool capnp_bool(struct capnp_struct from, uint32_t bit)
{
    return capnp_u8(from, bit / 8) >> bit % 8 & 1;
}

/* Pointer I of FROM, not followed; null behind the end. */
static inline struct capnp_pointer capnp_get_pointer(struct capnp_struct from, uint16_t i)
{
    return (struct capnp_pointer){
        .message = from.message,
        .at = i < from.n_pointers ? from.pointers + i : NULL,
        .segment = from.segment,
        .depth = from.depth,
    };
}

static inline bool capnp_pointer_is_null(struct capnp_pointer from)
{
    return !from.at || *from.at == 0;
}

/* FROM; if it is null the field's default, a constant. */
static inline struct capnp_pointer capnp_or(struct capnp_pointer from, const uint64_t *words)
{
    return capnp_pointer_is_null(from) ? capnp_constant(words) : from;
}

/* What FROM leads to; a lie, which is noted, reads as null. */
enum capnp_kind capnp_pointer_kind(struct capnp_pointer from);

/* What FROM leads to, each empty if it is null. The capability is CAPNP_NO_CAP then. */
struct capnp_struct capnp_pointer_struct(struct capnp_pointer from);
struct capnp_text capnp_pointer_text(struct capnp_pointer from);
struct capnp_data capnp_pointer_data(struct capnp_pointer from);
uint32_t capnp_pointer_cap(struct capnp_pointer from);

/*
 * A list whose elements can be read as EXPECTED: of such, or of larger ones, or of structs that
 * begin with one; or as structs any but a list of bits ("Upgrading lists").
 */
struct capnp_list capnp_pointer_list(struct capnp_pointer from, enum capnp_size expected);

/* The same for a list of which nothing is expected: its elements as they are encoded. */
struct capnp_list capnp_pointer_any_list(struct capnp_pointer from);

/* Pointer I of FROM is there, and not null. */
static inline bool capnp_has(struct capnp_struct from, uint16_t i)
{
    return i < from.n_pointers && from.pointers[i] != 0;
}

static inline struct capnp_struct capnp_get_struct(struct capnp_struct from, uint16_t i)
{
    return capnp_pointer_struct(capnp_get_pointer(from, i));
}

static inline struct capnp_list capnp_get_list(struct capnp_struct from, uint16_t i,
                                               enum capnp_size expected)
{
    return capnp_pointer_list(capnp_get_pointer(from, i), expected);
}

static inline struct capnp_text capnp_get_text(struct capnp_struct from, uint16_t i)
{
    return capnp_pointer_text(capnp_get_pointer(from, i));
}

static inline struct capnp_data capnp_get_data(struct capnp_struct from, uint16_t i)
{
    return capnp_pointer_data(capnp_get_pointer(from, i));
}

/* The capability's index among those that travel with the message, or CAPNP_NO_CAP. */
static inline uint32_t capnp_get_cap(struct capnp_struct from, uint16_t i)
{
    return capnp_pointer_cap(capnp_get_pointer(from, i));
}
