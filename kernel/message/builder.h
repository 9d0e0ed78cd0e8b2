/*
 * Builds Cap'n Proto messages of one segment in memory that somebody else may change meanwhile.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html, without framing. Objects follow each other in the
 * order of the calls. What was written is never read back: where things are is kept here, so who
 * changes the target spoils only the message that it gets. All of the message is written, padding
 * and unset fields as zeros.
 *
 * What does not fit is left out and noted in `full`, and what is built inside such an object goes
 * nowhere; so a caller builds on and asks builder_len() once, at the end.
 *
 *     struct builder builder = builder_in(result, result_len);
 *     struct builder_struct root = builder_root(&builder, 1, 0);
 *
 *     builder_u64(&root, 0, now);
 *     return builder_len(&builder, &len);
 */
#pragma once

#include "abi/err.h"
#include "lib/bytes.h"
#include "lib/types.h"

struct builder {
    volatile uint64_t *words;
    uint32_t n_words, used;
    bool full;
};

/* Stays valid while its builder stays where it is. */
struct builder_struct {
    struct builder *builder;
    volatile uint64_t *data;
    uint32_t data_len; /* bytes */
    uint32_t n_pointers;
    uint64_t bools; /* what builder_bool() has set in the word that it writes to */
    uint32_t bools_word;
};

struct builder_list {
    struct builder *builder;
    volatile uint64_t *first;
    uint32_t n, data_words, n_pointers;
};

/* A builder that writes to the LEN bytes AT, which is aligned to 8. */
static inline struct builder builder_in(void *at, size_t len)
{
    return (struct builder){
        .words = at,
        .n_words = len / 8 < UINT32_MAX ? (uint32_t)(len / 8) : UINT32_MAX,
    };
}

/*
 * The next N words, not yet written; NULL, and the builder is full, when there are not so many. Not
 * for callers, like what else says so.
 */
static inline volatile uint64_t *builder_take(struct builder *builder, uint64_t n)
{
    uint32_t used = builder->used;

    if (n > builder->n_words - used) {
        builder->full = true;
        return NULL;
    }
    builder->used = used + (uint32_t)n;
    return builder->words + used;
}

/* Zeroes N words; not for callers. */
static inline void builder_zero(volatile uint64_t *at, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        at[i] = 0;
}

/* The message's root; first of all, and once. */
static inline struct builder_struct builder_root(struct builder *builder, uint16_t data_words,
                                                 uint16_t n_pointers)
{
    uint64_t offset = data_words + n_pointers ? 0 : 0xfffffffc; /* -1: an empty one is not null */
    volatile uint64_t *at = builder_take(builder, 1 + (uint64_t)data_words + n_pointers);

    if (!at)
        return (struct builder_struct){.builder = builder};
    builder_zero(at + 1, (uint64_t)data_words + n_pointers);
    at[0] = (uint64_t)n_pointers << 48 | (uint64_t)data_words << 32 | offset;
    return (struct builder_struct){
        .builder = builder,
        .data = at + 1,
        .data_len = data_words * 8u,
        .n_pointers = n_pointers,
    };
}

/*
 * Pointer I of INTO becomes a struct, bytes, or a list of N structs. A pointer is set at most once.
 */
struct builder_struct builder_struct_at(struct builder_struct *into, uint32_t i,
                                        uint16_t data_words, uint16_t n_pointers);
void builder_text(struct builder_struct *into, uint32_t i, struct bytes text);
void builder_data(struct builder_struct *into, uint32_t i, struct bytes data);
struct builder_list builder_list(struct builder_struct *into, uint32_t i, uint32_t n,
                                 uint16_t data_words, uint16_t n_pointers);

/* Struct I of LIST, to be got once; one that swallows everything when the list is not so long. */
struct builder_struct builder_list_get(struct builder_list *list, uint32_t i);

/* Pointer I becomes the capability INDEX among those that travel with the message. */
void builder_cap(struct builder_struct *into, uint32_t i, uint32_t index);

/* The length of the message in bytes; ERR_NO_ROOM, and a length of 0, when it did not fit. */
static inline err_t builder_len(const struct builder *builder, uint32_t *len)
{
    *len = builder->full ? 0 : builder->used * 8;
    return builder->full ? ERR_NO_ROOM : ERR_OK;
}

/*
 * Where the LEN bytes at OFFSET of the data are. NULL when they are not all there: as the caller
 * gave the struct its size, that is because it did not fit, or a mistake that `full` shows. Not for
 * callers.
 */
static inline volatile void *builder_field(struct builder_struct *into, uint32_t offset,
                                           uint32_t len)
{
    if ((uint64_t)offset + len > into->data_len) {
        into->builder->full = true;
        return NULL;
    }
    return (volatile uint8_t *)into->data + offset;
}

typedef volatile uint64_t __attribute__((may_alias)) builder_u64_t;
typedef volatile uint32_t __attribute__((may_alias)) builder_u32_t;
typedef volatile uint16_t __attribute__((may_alias)) builder_u16_t;

/* Scalars at a byte OFFSET of the data: the schema's, so a multiple of the scalar's size. */
static inline void builder_u64(struct builder_struct *into, uint32_t offset, uint64_t value)
{
    builder_u64_t *field = builder_field(into, offset, sizeof(value));

    if (field)
        *field = value;
}

static inline void builder_u32(struct builder_struct *into, uint32_t offset, uint32_t value)
{
    builder_u32_t *field = builder_field(into, offset, sizeof(value));

    if (field)
        *field = value;
}

static inline void builder_u16(struct builder_struct *into, uint32_t offset, uint16_t value)
{
    builder_u16_t *field = builder_field(into, offset, sizeof(value));

    if (field)
        *field = value;
}

static inline void builder_u8(struct builder_struct *into, uint32_t offset, uint8_t value)
{
    volatile uint8_t *field = builder_field(into, offset, sizeof(value));

    if (field)
        *field = value;
}

/*
 * A bit, counted from the first byte's lowest. Those that are set must lie in one word of the data,
 * where the schema compiler puts up to 64 of them; one in another word makes the builder full.
 */
void builder_bool(struct builder_struct *into, uint32_t bit, bool value);
