/*
 * Small messages in Cap'n Proto's encoding: written into and read from the arena in place.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One segment without framing (https://capnproto.org/encoding.html): word 0 points to the root,
 * which stands behind it. Fields are named by their byte offset in the data section and their index
 * in the pointer section, as `capnp compile -ocapnp` prints them. Generated code will take this
 * place.
 *
 * Writing into a message without room sets `full` and writes nothing; ask once, at the end. Reading
 * is safe on any bytes: what a pointer names outside the message reads as if it were not there.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/err.h"
#include "capos/string.h"

struct message_writer {
    uint64_t *words;
    uint32_t n_words, used;
    bool full;
};

/* A struct in a message: where its two sections begin, and their sizes, in words. */
struct message_struct {
    const uint64_t *words; /* of the message */
    uint32_t n_words;
    uint32_t data, pointers;
    uint16_t n_data, n_pointers;
};

enum message_pointer { MESSAGE_STRUCT, MESSAGE_LIST, MESSAGE_FAR, MESSAGE_OTHER };
enum message_element { MESSAGE_BYTES = 2, MESSAGE_WORDS = 5, MESSAGE_COMPOSITE = 7 };

/* --- Writing --- */

/* The index of N zeroed words at the end; 0 when there is no room. */
static inline uint32_t message_grow(struct message_writer *writer, uint32_t n)
{
    uint32_t at = writer->used;

    if (n > writer->n_words - at) {
        writer->full = true;
        return 0;
    }
    for (uint32_t i = 0; i < n; i++)
        writer->words[at + i] = 0;
    writer->used += n;
    return at;
}

static inline void message_put_word(struct message_writer *writer, uint32_t at, uint64_t word)
{
    if (!writer->full)
        writer->words[at] = word;
}

/* A field of a struct whose data section begins at the word AT. */
static inline void message_put_u64(struct message_writer *writer, uint32_t at, uint32_t offset,
                                   uint64_t value)
{
    message_put_word(writer, at + offset / 8, value);
}

static inline void message_put_u32(struct message_writer *writer, uint32_t at, uint32_t offset,
                                   uint32_t value)
{
    if (!writer->full)
        memcpy((uint8_t *)(writer->words + at) + offset, &value, sizeof(value));
}

/* A struct that the pointer at the word POINTER names: the index of its data section. */
static inline uint32_t message_put_struct(struct message_writer *writer, uint32_t pointer,
                                          uint16_t n_data, uint16_t n_pointers)
{
    uint32_t at = message_grow(writer, n_data + n_pointers);

    message_put_word(writer, pointer,
                     MESSAGE_STRUCT | (uint64_t)(at - pointer - 1) << 2 | (uint64_t)n_data << 32 |
                         (uint64_t)n_pointers << 48);
    return at;
}

/* The root, first thing: the index of its data section, behind which its pointers stand. */
static inline uint32_t message_put_root(struct message_writer *writer, uint16_t n_data,
                                        uint16_t n_pointers)
{
    message_grow(writer, 1);
    return message_put_struct(writer, 0, n_data, n_pointers);
}

/* Data, or with its terminator a text. */
static inline void message_put_bytes(struct message_writer *writer, uint32_t pointer,
                                     const void *bytes, uint32_t len, bool is_text)
{
    uint32_t total = len + is_text;
    uint32_t at = message_grow(writer, total / 8 + (total % 8 != 0));

    if (writer->full || total == 0)
        return;
    memcpy(writer->words + at, bytes, len);
    message_put_word(writer, pointer,
                     MESSAGE_LIST | (uint64_t)(at - pointer - 1) << 2 |
                         (uint64_t)MESSAGE_BYTES << 32 | (uint64_t)total << 35);
}

static inline void message_put_text(struct message_writer *writer, uint32_t pointer,
                                    const char *text)
{
    message_put_bytes(writer, pointer, text, (uint32_t)strlen(text), true);
}

/* N structs: the index of the first; the next one follows n_data + n_pointers words later. */
static inline uint32_t message_put_list(struct message_writer *writer, uint32_t pointer, uint32_t n,
                                        uint16_t n_data, uint16_t n_pointers)
{
    uint32_t words = n * ((uint32_t)n_data + n_pointers);
    uint32_t tag = message_grow(writer, words + 1);

    message_put_word(writer, pointer,
                     MESSAGE_LIST | (uint64_t)(tag - pointer - 1) << 2 |
                         (uint64_t)MESSAGE_COMPOSITE << 32 | (uint64_t)words << 35);
    message_put_word(writer, tag,
                     (uint64_t)n << 2 | (uint64_t)n_data << 32 | (uint64_t)n_pointers << 48);
    return tag + 1;
}

/* The capability INDEX of those that go along. */
static inline void message_put_cap(struct message_writer *writer, uint32_t pointer, uint32_t index)
{
    message_put_word(writer, pointer, MESSAGE_OTHER | (uint64_t)index << 32);
}

/* --- Reading --- */

/* Reads LEN bytes (a multiple of 8) as a message; an empty one has an empty root. */
err_t message_open(const void *bytes, size_t len, struct message_struct *root);

/* Fields of the data section; 0 when they lie past it. OFFSET is a multiple of their size. */
static inline uint64_t message_u64(const struct message_struct *from, uint32_t offset)
{
    return offset / 8 < from->n_data ? from->words[from->data + offset / 8] : 0;
}

static inline uint32_t message_u32(const struct message_struct *from, uint32_t offset)
{
    return (uint32_t)(message_u64(from, offset) >> offset % 8 * 8);
}

static inline uint16_t message_u16(const struct message_struct *from, uint32_t offset)
{
    return (uint16_t)message_u32(from, offset);
}

/* The struct, the data (or text with its terminator), the list of structs or the capability's index
 * behind the pointer INDEX. ERR_NOT_FOUND: a null pointer; ERR_BAD_MESSAGE: a lie. On an error the
 * struct is empty and the length 0. The struct read from may be the one written to. */
err_t message_get_struct(const struct message_struct *, uint32_t index, struct message_struct *out);
err_t message_get_bytes(const struct message_struct *, uint32_t index, const uint8_t **at,
                        uint32_t *len);
err_t message_get_cap(const struct message_struct *, uint32_t index, uint32_t *cap);

/* A text; "" when there is none. It lies in the message. */
const char *message_get_text(const struct message_struct *, uint32_t index);

/* How many structs the list behind the pointer INDEX has, and the first of them. */
uint32_t message_get_list(const struct message_struct *, uint32_t index,
                          struct message_struct *first);

/* Steps on to the next element of a list; the caller counts. */
static inline void message_next(struct message_struct *element)
{
    uint32_t step = (uint32_t)element->n_data + element->n_pointers;

    element->data += step;
    element->pointers += step;
}
