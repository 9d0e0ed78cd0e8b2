/*
 * Builds Cap'n Proto messages of one segment in memory of the caller.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capnp/builder.h"

#include "capnp/wire.h"

/* Small objects are faster zeroed in place. */
#define ZERO_INLINE 8

/*
 * The next N words, zeroed, for INTO to lead to; 0, where the root's pointer is, when there are not
 * so many. Offsets fit, as no builder has more words than an offset can count.
 */
static uint32_t take(struct capnp_pointer_builder into, uint64_t n)
{
    struct capnp_builder *builder = into.builder;
    uint32_t at = builder->used;

    if (into.at == UINT32_MAX || n > builder->n_words - at) {
        builder->full = true;
        return 0;
    }
    builder->used = at + (uint32_t)n;
    if (n <= ZERO_INLINE)
        capnp_zero(builder, at, (uint32_t)n);
    else
        __builtin_memset(builder->words + at, 0, n * 8);
    return at;
}

static void point(struct capnp_pointer_builder into, uint32_t at, enum wire_kind kind,
                  uint64_t upper)
{
    into.builder->words[into.at] = wire_pointer(kind, at - into.at - 1, upper);
}

struct capnp_pointer_builder capnp_root_builder(struct capnp_builder *builder)
{
    if (builder->used || builder->n_words == 0) {
        builder->full = true;
        return (struct capnp_pointer_builder){builder, UINT32_MAX};
    }
    builder->used = 1;
    builder->words[0] = 0;
    return (struct capnp_pointer_builder){builder, 0};
}

struct capnp_struct_builder capnp_pointer_init_struct(struct capnp_pointer_builder into,
                                                      uint16_t data_words, uint16_t n_pointers)
{
    uint32_t n = (uint32_t)data_words + n_pointers;
    uint32_t at = take(into, n);

    if (!at)
        return capnp_nowhere(into.builder);
    /* An empty struct leads to its own pointer, which is not null then. */
    point(into, n ? at : into.at, WIRE_STRUCT, wire_struct_size(data_words, n_pointers));
    return (struct capnp_struct_builder){into.builder, at, data_words, n_pointers};
}

struct capnp_list_builder capnp_pointer_init_list(struct capnp_pointer_builder into,
                                                  enum capnp_size size, uint32_t n)
{
    struct capnp_list_builder list = {.builder = into.builder, .size = size};
    uint32_t at = take(into, n <= CAPNP_COUNT_MAX ? wire_list_words(size, n) : UINT64_MAX);

    if (!at)
        return list;
    point(into, at, WIRE_LIST, wire_list(size, n));
    list.at = at;
    list.n = n;
    return list;
}

struct capnp_list_builder capnp_pointer_init_struct_list(struct capnp_pointer_builder into,
                                                         uint32_t n, uint16_t data_words,
                                                         uint16_t n_pointers)
{
    struct capnp_list_builder list = {.builder = into.builder, .size = CAPNP_COMPOSITE};
    uint64_t n_words = n * ((uint64_t)data_words + n_pointers);
    uint32_t at = take(into, n <= CAPNP_COUNT_MAX ? n_words + 1 : UINT64_MAX);

    if (!at)
        return list;
    point(into, at, WIRE_LIST, wire_list(CAPNP_COMPOSITE, (uint32_t)n_words));
    into.builder->words[at] =
        wire_pointer(WIRE_STRUCT, n, wire_struct_size(data_words, n_pointers));
    list.at = at + 1;
    list.n = n;
    list.n_data = data_words;
    list.n_pointers = n_pointers;
    return list;
}

uint8_t *capnp_pointer_init_data(struct capnp_pointer_builder into, uint32_t len)
{
    struct capnp_list_builder list = capnp_pointer_init_list(into, CAPNP_BYTE, len);

    return list.at ? (uint8_t *)(into.builder->words + list.at) : NULL;
}

void capnp_pointer_set_data(struct capnp_pointer_builder into, struct capnp_data data)
{
    uint8_t *at = capnp_pointer_init_data(into, data.len);

    if (at && data.len)
        __builtin_memcpy(at, data.at, data.len);
}

void capnp_pointer_set_text(struct capnp_pointer_builder into, struct capnp_text text)
{
    /* With its NUL; what is so long that its length wraps does not fit either. */
    uint8_t *at = capnp_pointer_init_data(into, text.len < UINT32_MAX ? text.len + 1 : UINT32_MAX);

    if (at && text.len)
        __builtin_memcpy(at, text.at, text.len);
}

void capnp_pointer_set_cap(struct capnp_pointer_builder into, uint32_t index)
{
    if (into.at == UINT32_MAX)
        into.builder->full = true;
    else
        into.builder->words[into.at] =
            index == CAPNP_NO_CAP ? 0 : wire_pointer(WIRE_OTHER, 0, index);
}
