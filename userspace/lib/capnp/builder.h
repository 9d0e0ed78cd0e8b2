/*
 * Builds Cap'n Proto messages of one segment in memory of the caller.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html. Objects follow each other in the order of the
 * calls, and begin as zeros. No pointer that was written is ever read back: the handles here know
 * where things are, so who changes the memory meanwhile spoils only the message that it gets.
 *
 * What does not fit, or is not there to be set, is left out and noted in `full`, and what is built
 * inside such an object goes nowhere; so build on and ask capnp_built_len() once, at the end. A
 * pointer that is set again leaves what it led to before as a hole in the message.
 *
 *     capnp_build(&builder, results, results_len);
 *     capnp_set_u64(capnp_init_root(&builder, 1, 0), 0, now);
 *     return capnp_built_len(&builder);
 */
#pragma once

#include "capnp/message.h"

/* The largest count and the largest offset that a pointer can hold; no builder has more words. */
#define CAPNP_COUNT_MAX 0x1fffffffu

/* Must stay where it is while it is built in. */
struct capnp_builder {
    uint64_t *words;
    uint32_t n_words, used;
    bool full;
};

/* Handles are passed by value, and are valid while their builder is. */
struct capnp_struct_builder {
    struct capnp_builder *builder;
    uint32_t at;                 /* the word where the data begins, and behind it the pointers */
    uint16_t n_data, n_pointers; /* words; none in a struct that goes nowhere */
};

/* The setters of elements: capnp/list_builder.h. */
struct capnp_list_builder {
    struct capnp_builder *builder;
    uint32_t at; /* the word where the first element begins; 0: the list goes nowhere */
    uint32_t n;
    uint16_t n_data, n_pointers; /* of a struct */
    enum capnp_size size;
};

/* A pointer that is not set yet: AnyPointer. */
struct capnp_pointer_builder {
    struct capnp_builder *builder;
    uint32_t at; /* the pointer's word; UINT32_MAX: it goes nowhere */
};

/* Builds in the LEN bytes AT, which is aligned to 8, as far as they are whole words. */
static inline void capnp_build(struct capnp_builder *builder, void *at, size_t len)
{
    *builder = (struct capnp_builder){
        .words = at,
        .n_words = len / 8 < CAPNP_COUNT_MAX ? (uint32_t)(len / 8) : CAPNP_COUNT_MAX,
    };
}

/* The length of the message in bytes; 0 when it did not fit. */
static inline size_t capnp_built_len(const struct capnp_builder *builder)
{
    return builder->full ? 0 : (size_t)builder->used * 8;
}

/* Reads what was built. ERR_NO_ROOM is noted when it did not fit. */
static inline void capnp_as_reader(const struct capnp_builder *builder,
                                   struct capnp_message *message)
{
    capnp_open(message, builder->words, capnp_built_len(builder));
    if (builder->full)
        message->error = ERR_NO_ROOM;
}

/* Notes that something did not fit; not for callers, like what else says so. */
static inline struct capnp_struct_builder capnp_nowhere(struct capnp_builder *builder)
{
    builder->full = true;
    return (struct capnp_struct_builder){.builder = builder};
}

/* Zeroes N words from word AT on; not for callers. */
static inline void capnp_zero(struct capnp_builder *builder, uint32_t at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        builder->words[at + i] = 0;
}

/* The message's root; first of all, and once. */
static inline struct capnp_struct_builder capnp_init_root(struct capnp_builder *builder,
                                                          uint16_t data_words, uint16_t n_pointers)
{
    uint32_t n = (uint32_t)data_words + n_pointers;
    uint64_t offset = n ? 0 : 0xfffffffc; /* -1: an empty one is not null */

    if (builder->used || n >= builder->n_words)
        return capnp_nowhere(builder);
    builder->used = 1 + n;
    builder->words[0] = (uint64_t)n_pointers << 48 | (uint64_t)data_words << 32 | offset;
    capnp_zero(builder, 1, n);
    return (struct capnp_struct_builder){builder, 1, data_words, n_pointers};
}

/* The root as a pointer that is not set yet; instead of capnp_init_root(). */
struct capnp_pointer_builder capnp_root_builder(struct capnp_builder *builder);

/* Where the LEN bytes at OFFSET of the data are; NULL when they are not there. Not for callers. */
static inline void *capnp_field(struct capnp_struct_builder into, uint32_t offset, uint32_t len)
{
    if ((uint64_t)offset + len > into.n_data * 8u) {
        into.builder->full = true;
        return NULL;
    }
    return (uint8_t *)(into.builder->words + into.at) + offset;
}

/* Scalars at a byte OFFSET of the data, as capnp/reader.h has them. */
static inline void capnp_set_u64(struct capnp_struct_builder into, uint32_t offset, uint64_t value)
{
    void *field = capnp_field(into, offset, sizeof(value));

    if (field)
        __builtin_memcpy(field, &value, sizeof(value));
}

static inline void capnp_set_u32(struct capnp_struct_builder into, uint32_t offset, uint32_t value)
{
    void *field = capnp_field(into, offset, sizeof(value));

    if (field)
        __builtin_memcpy(field, &value, sizeof(value));
}

static inline void capnp_set_u16(struct capnp_struct_builder into, uint32_t offset, uint16_t value)
{
    void *field = capnp_field(into, offset, sizeof(value));

    if (field)
        __builtin_memcpy(field, &value, sizeof(value));
}

static inline void capnp_set_u8(struct capnp_struct_builder into, uint32_t offset, uint8_t value)
{
    uint8_t *field = capnp_field(into, offset, sizeof(value));

    if (field)
        *field = value;
}

/* Reads the other seven bits of its byte back: who changes them there changes its own message. */
static inline void capnp_set_bool(struct capnp_struct_builder into, uint32_t bit, bool value)
{
    uint8_t *field = capnp_field(into, bit / 8, 1);

    if (field)
        *field = (uint8_t)((*field & ~(1u << bit % 8)) | (unsigned)value << bit % 8);
}

/* Pointer I of INTO. */
static inline struct capnp_pointer_builder capnp_pointer_of(struct capnp_struct_builder into,
                                                            uint16_t i)
{
    if (i >= into.n_pointers) {
        into.builder->full = true;
        return (struct capnp_pointer_builder){into.builder, UINT32_MAX};
    }
    return (struct capnp_pointer_builder){into.builder, into.at + into.n_data + i};
}

/*
 * The pointer becomes a struct, a list of N elements (not CAPNP_COMPOSITE), a list of N structs, a
 * text, data, or the capability INDEX among those that travel with the message (CAPNP_NO_CAP:
 * null).
 */
struct capnp_struct_builder capnp_pointer_init_struct(struct capnp_pointer_builder into,
                                                      uint16_t data_words, uint16_t n_pointers);
struct capnp_list_builder capnp_pointer_init_list(struct capnp_pointer_builder into,
                                                  enum capnp_size size, uint32_t n);
struct capnp_list_builder capnp_pointer_init_struct_list(struct capnp_pointer_builder into,
                                                         uint32_t n, uint16_t data_words,
                                                         uint16_t n_pointers);
void capnp_pointer_set_text(struct capnp_pointer_builder into, struct capnp_text text);
void capnp_pointer_set_data(struct capnp_pointer_builder into, struct capnp_data data);
void capnp_pointer_set_cap(struct capnp_pointer_builder into, uint32_t index);

/* Data of LEN zeros, for the caller to fill; NULL when it does not fit. */
uint8_t *capnp_pointer_init_data(struct capnp_pointer_builder into, uint32_t len);

/* The same for pointer I of a struct. */
static inline struct capnp_struct_builder capnp_init_struct(struct capnp_struct_builder into,
                                                            uint16_t i, uint16_t data_words,
                                                            uint16_t n_pointers)
{
    return capnp_pointer_init_struct(capnp_pointer_of(into, i), data_words, n_pointers);
}

static inline struct capnp_list_builder
capnp_init_list(struct capnp_struct_builder into, uint16_t i, enum capnp_size size, uint32_t n)
{
    return capnp_pointer_init_list(capnp_pointer_of(into, i), size, n);
}

static inline struct capnp_list_builder capnp_init_struct_list(struct capnp_struct_builder into,
                                                               uint16_t i, uint32_t n,
                                                               uint16_t data_words,
                                                               uint16_t n_pointers)
{
    return capnp_pointer_init_struct_list(capnp_pointer_of(into, i), n, data_words, n_pointers);
}

static inline void capnp_set_text(struct capnp_struct_builder into, uint16_t i,
                                  struct capnp_text text)
{
    capnp_pointer_set_text(capnp_pointer_of(into, i), text);
}

static inline void capnp_set_data(struct capnp_struct_builder into, uint16_t i,
                                  struct capnp_data data)
{
    capnp_pointer_set_data(capnp_pointer_of(into, i), data);
}

static inline uint8_t *capnp_init_data(struct capnp_struct_builder into, uint16_t i, uint32_t len)
{
    return capnp_pointer_init_data(capnp_pointer_of(into, i), len);
}

static inline void capnp_set_cap(struct capnp_struct_builder into, uint16_t i, uint32_t index)
{
    capnp_pointer_set_cap(capnp_pointer_of(into, i), index);
}
