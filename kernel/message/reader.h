/*
 * Reads Cap'n Proto messages from anybody, of one segment without framing.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html. Word 0 is the pointer to the root struct. The
 * memory must not change while it is read: the caller has copied it. Nothing is copied or allocated
 * here; what is returned points into the message and lives as long as it.
 *
 * Each pointer is checked when it is followed: a message may be bad in parts that nobody asked for.
 * Refused with ERR_BAD_MESSAGE: what lies outside the message, a pointer of another kind than the
 * schema's, far pointers (there is one segment only), lists of structs that are encoded as lists of
 * primitives or pointers, text without its final NUL, and more words followed than the budget has.
 * Null pointers read as empty; so do fields that a sender with an older schema did not send.
 *
 * Text keeps any NUL within and need not be UTF-8: it is a run of bytes with a length.
 */
#pragma once

#include "abi/err.h"
#include "lib/bytes.h"
#include "lib/types.h"

/* How often a word may be followed, on average: bounds the cost of pointers to the same words. */
#define MESSAGE_BUDGET 4

struct message {
    const uint64_t *words;
    uint64_t n_words;
    uint64_t budget; /* words that may still be followed; each empty object costs one */
};

/* Data, and behind them pointers. */
struct message_struct {
    struct message *message;
    const uint8_t *data;
    uint32_t data_len; /* bytes, a multiple of 8 */
    uint32_t n_pointers;
};

struct message_list {
    struct message *message;
    const uint8_t *first;
    uint32_t n;
    uint32_t data_len; /* of each struct */
    uint32_t n_pointers;
};

/* message_root() where the pointer is not the usual one; not for callers. */
err_t message_root_unusual(struct message *message, struct message_struct *root);

/*
 * Opens the LEN bytes AT, which is aligned to 8, as MESSAGE. ROOT refers to MESSAGE, which must
 * stay where it is. LEN 0 is an empty struct, with all fields at their defaults.
 */
static inline err_t message_root(struct message *message, const void *at, size_t len,
                                 struct message_struct *root)
{
    uint64_t n_words = len / 8;
    uint64_t pointer = len >= 8 ? *(const uint64_t *)at : 0;
    uint64_t data_words = pointer >> 32 & 0xffff, n_pointers = pointer >> 48;

    *message = (struct message){at, n_words, n_words * MESSAGE_BUDGET};
    *root = (struct message_struct){.message = message};
    if (len % 8)
        return ERR_BAD_MESSAGE;
    if ((uint32_t)pointer || data_words + n_pointers >= n_words)
        return message_root_unusual(message, root);
    message->budget -= data_words + n_pointers;
    root->data = (const uint8_t *)(message->words + 1);
    root->data_len = (uint32_t)data_words * 8;
    root->n_pointers = (uint32_t)n_pointers;
    return ERR_OK;
}

/* The struct, text or data that pointer I leads to. If refused, OUT is empty, bytes never NULL. */
err_t message_struct_at(const struct message_struct *from, uint32_t i, struct message_struct *out);
err_t message_text(const struct message_struct *from, uint32_t i, struct bytes *out);
err_t message_data(const struct message_struct *from, uint32_t i, struct bytes *out);

/* A list of structs. It costs all its words at once, so that message_list_get() cannot fail. */
err_t message_list(const struct message_struct *from, uint32_t i, struct message_list *out);

/* The capability's index among those that travel with the message. ERR_NOT_FOUND: null pointer. */
err_t message_cap(const struct message_struct *from, uint32_t i, uint32_t *index);

/* Struct I; an empty one from the end of the list on. */
static inline struct message_struct message_list_get(const struct message_list *list, uint32_t i)
{
    if (i >= list->n)
        return (struct message_struct){.message = list->message};
    return (struct message_struct){
        .message = list->message,
        .data = list->first + (uint64_t)i * (list->data_len + list->n_pointers * 8),
        .data_len = list->data_len,
        .n_pointers = list->n_pointers,
    };
}

/*
 * Scalars at a byte OFFSET of the data, which is the schema's and a multiple of the scalar's size;
 * 0 behind their end. A field's default, if the schema gives one, is xored by the caller.
 */
static inline uint64_t message_u64(const struct message_struct *from, uint32_t offset)
{
    uint64_t value = 0;

    if ((uint64_t)offset + sizeof(value) <= from->data_len)
        __builtin_memcpy(&value, from->data + offset, sizeof(value));
    return value;
}

static inline uint32_t message_u32(const struct message_struct *from, uint32_t offset)
{
    uint32_t value = 0;

    if ((uint64_t)offset + sizeof(value) <= from->data_len)
        __builtin_memcpy(&value, from->data + offset, sizeof(value));
    return value;
}

static inline uint16_t message_u16(const struct message_struct *from, uint32_t offset)
{
    uint16_t value = 0;

    if ((uint64_t)offset + sizeof(value) <= from->data_len)
        __builtin_memcpy(&value, from->data + offset, sizeof(value));
    return value;
}

static inline uint8_t message_u8(const struct message_struct *from, uint32_t offset)
{
    return offset < from->data_len ? from->data[offset] : 0;
}

/* Bit numbers count from the first byte's lowest. */
static inline bool message_bool(const struct message_struct *from, uint32_t bit)
{
    return message_u8(from, bit / 8) >> bit % 8 & 1;
}
