/*
 * Builds Cap'n Proto messages of one segment in memory that somebody else may change meanwhile.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "message/builder.h"

#include "lib/string.h"

/* Kinds of pointers, and the sizes of list elements at their place in one. */
#define POINTER_LIST      1u
#define POINTER_CAP       3u
#define ELEMENT_BYTE      (2ull << 32)
#define ELEMENT_COMPOSITE (7ull << 32)

#define OFFSET_MAX 0x1fffffff  /* words; a pointer's offset has 30 bits with its sign */
#define COUNT_MAX  0x1fffffffu /* a list's count has 29 bits */

/* Where pointer I of INTO stands; NULL as builder_field() has it. */
static volatile uint64_t *pointer_field(struct builder_struct *into, uint32_t i)
{
    if (i >= into->n_pointers) {
        into->builder->full = true;
        return NULL;
    }
    return into->data + into->data_len / 8 + i;
}

/* Takes N words for what FIELD shall point to; *OFFSET becomes the pointer's part for that. */
static volatile uint64_t *take_for(struct builder *builder, volatile uint64_t *field, uint64_t n,
                                   uint64_t *offset)
{
    volatile uint64_t *at = field ? builder_take(builder, n) : NULL;

    if (!at)
        return NULL;
    *offset = (uint64_t)(at - (field + 1)) << 2;
    if (*offset >> 2 <= OFFSET_MAX)
        return at;
    builder->full = true;
    return NULL;
}

struct builder_struct builder_struct_at(struct builder_struct *into, uint32_t i,
                                        uint16_t data_words, uint16_t n_pointers)
{
    struct builder *builder = into->builder;
    volatile uint64_t *field = pointer_field(into, i);
    uint64_t offset, n = (uint64_t)data_words + n_pointers;
    volatile uint64_t *at = take_for(builder, field, n, &offset);

    if (!at)
        return (struct builder_struct){.builder = builder};
    builder_zero(at, n);
    if (n == 0)
        offset = 0xfffffffc; /* -1: an empty one is not null */
    *field = (uint64_t)n_pointers << 48 | (uint64_t)data_words << 32 | offset;
    return (struct builder_struct){
        .builder = builder,
        .data = at,
        .data_len = data_words * 8u,
        .n_pointers = n_pointers,
    };
}

/* A list of bytes: FROM, and behind it EXTRA zeros, at most one. */
static void build_bytes(struct builder_struct *into, uint32_t i, struct bytes from, uint64_t extra)
{
    volatile uint64_t *field = pointer_field(into, i);
    uint64_t offset, len = from.len + extra;
    volatile uint64_t *at;

    if (from.len >= COUNT_MAX) {
        into->builder->full = true;
        return;
    }
    at = take_for(into->builder, field, (len + 7) / 8, &offset);
    if (!at)
        return;
    if (len)
        at[(len - 1) / 8] = 0;
    if (from.len)
        memcpy((void *)at, from.at, from.len);
    *field = len << 35 | ELEMENT_BYTE | offset | POINTER_LIST;
}

void builder_text(struct builder_struct *into, uint32_t i, struct bytes text)
{
    build_bytes(into, i, text, 1);
}

void builder_data(struct builder_struct *into, uint32_t i, struct bytes data)
{
    build_bytes(into, i, data, 0);
}

struct builder_list builder_list(struct builder_struct *into, uint32_t i, uint32_t n,
                                 uint16_t data_words, uint16_t n_pointers)
{
    struct builder *builder = into->builder;
    volatile uint64_t *field = pointer_field(into, i);
    uint64_t offset, n_words = n * ((uint64_t)data_words + n_pointers);
    volatile uint64_t *tag;

    if (n > COUNT_MAX || n_words > COUNT_MAX) {
        builder->full = true;
        return (struct builder_list){.builder = builder};
    }
    tag = take_for(builder, field, n_words + 1, &offset);
    if (!tag)
        return (struct builder_list){.builder = builder};
    builder_zero(tag + 1, n_words);
    *field = n_words << 35 | ELEMENT_COMPOSITE | offset | POINTER_LIST;
    *tag = (uint64_t)n_pointers << 48 | (uint64_t)data_words << 32 | (uint64_t)n << 2;
    return (struct builder_list){builder, tag + 1, n, data_words, n_pointers};
}

struct builder_struct builder_list_get(struct builder_list *list, uint32_t i)
{
    if (i >= list->n) {
        list->builder->full = true;
        return (struct builder_struct){.builder = list->builder};
    }
    return (struct builder_struct){
        .builder = list->builder,
        .data = list->first + (uint64_t)i * (list->data_words + list->n_pointers),
        .data_len = list->data_words * 8,
        .n_pointers = list->n_pointers,
    };
}

void builder_cap(struct builder_struct *into, uint32_t i, uint32_t index)
{
    volatile uint64_t *field = pointer_field(into, i);

    if (field)
        *field = (uint64_t)index << 32 | POINTER_CAP;
}

void builder_bool(struct builder_struct *into, uint32_t bit, bool value)
{
    volatile uint8_t *field = builder_field(into, bit / 8, 1);
    uint64_t mask = 1ull << bit % 64;

    if (!field)
        return;
    if (into->bools && into->bools_word != bit / 64) {
        into->builder->full = true;
        return;
    }
    into->bools_word = bit / 64;
    into->bools = value ? into->bools | mask : into->bools & ~mask;
    *field = (uint8_t)(into->bools >> bit / 8 % 8 * 8);
}
