/*
 * Reads Cap'n Proto messages from anybody, of one segment without framing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "message/reader.h"

/* The lowest two bits of a pointer. */
enum pointer_kind { POINTER_STRUCT, POINTER_LIST, POINTER_FAR, POINTER_OTHER };

/* Bits 32 to 34 of a list pointer: the size of its elements. */
enum element_size { ELEMENT_BYTE = 2, ELEMENT_COMPOSITE = 7 };

static const struct bytes no_bytes = {(const uint8_t *)"", 0};

static inline enum pointer_kind kind_of(uint64_t pointer)
{
    return (enum pointer_kind)(pointer & 3);
}

static inline uint64_t data_words_of(uint64_t pointer)
{
    return pointer >> 32 & 0xffff;
}

static inline uint64_t n_pointers_of(uint64_t pointer)
{
    return pointer >> 48;
}

static inline enum element_size element_size_of(uint64_t pointer)
{
    return (enum element_size)(pointer >> 32 & 7);
}

/* How many elements, or of structs how many words. */
static inline uint64_t element_count_of(uint64_t pointer)
{
    return pointer >> 35;
}

/* Pointer I of FROM, and the word in which it stands; null behind the end. */
static inline uint64_t pointer_at(const struct message_struct *from, uint32_t i, uint64_t *place)
{
    const uint64_t *pointers;

    if (i >= from->n_pointers)
        return 0;
    pointers = (const uint64_t *)(from->data + from->data_len);
    *place = (uint64_t)(pointers + i - from->message->words);
    return pointers[i];
}

/*
 * Takes N words of the message, to which the POINTER in word PLACE leads, off the budget; NULL when
 * they are not within it. The offset has 30 bits and a sign, and counts from the word behind the
 * pointer.
 */
static inline const uint64_t *follow(struct message *message, uint64_t place, uint64_t pointer,
                                     uint64_t n)
{
    uint64_t start = place + 1 + (uint64_t)((int32_t)pointer >> 2);
    uint64_t cost = n ? n : 1;

    if (start > message->n_words || n > message->n_words - start || cost > message->budget)
        return NULL;
    message->budget -= cost;
    return message->words + start;
}

static inline err_t follow_struct(struct message *message, uint64_t place, uint64_t pointer,
                                  struct message_struct *out)
{
    uint64_t data_words = data_words_of(pointer), n_pointers = n_pointers_of(pointer);
    const uint64_t *at;

    *out = (struct message_struct){.message = message};
    if (pointer == 0)
        return ERR_OK;
    if (kind_of(pointer) != POINTER_STRUCT)
        return ERR_BAD_MESSAGE;
    at = follow(message, place, pointer, data_words + n_pointers);
    if (!at)
        return ERR_BAD_MESSAGE;
    out->data = (const uint8_t *)at;
    out->data_len = (uint32_t)data_words * 8;
    out->n_pointers = (uint32_t)n_pointers;
    return ERR_OK;
}

err_t message_root_unusual(struct message *message, struct message_struct *root)
{
    if (message->n_words == 0)
        return ERR_OK;
    return follow_struct(message, 0, message->words[0], root);
}

err_t message_struct_at(const struct message_struct *from, uint32_t i, struct message_struct *out)
{
    uint64_t place = 0, pointer = pointer_at(from, i, &place);

    return follow_struct(from->message, place, pointer, out);
}

err_t message_data(const struct message_struct *from, uint32_t i, struct bytes *out)
{
    uint64_t place = 0, pointer = pointer_at(from, i, &place);
    uint64_t len = element_count_of(pointer);
    const uint64_t *at;

    *out = no_bytes;
    if (pointer == 0)
        return ERR_OK;
    if (kind_of(pointer) != POINTER_LIST || element_size_of(pointer) != ELEMENT_BYTE)
        return ERR_BAD_MESSAGE;
    at = follow(from->message, place, pointer, (len + 7) / 8);
    if (!at)
        return ERR_BAD_MESSAGE;
    *out = (struct bytes){(const uint8_t *)at, len};
    return ERR_OK;
}

err_t message_text(const struct message_struct *from, uint32_t i, struct bytes *out)
{
    uint64_t place;
    err_t error = message_data(from, i, out);

    if (error || pointer_at(from, i, &place) == 0)
        return error;
    if (out->len == 0 || out->at[out->len - 1] != 0) {
        *out = no_bytes;
        return ERR_BAD_MESSAGE;
    }
    out->len--;
    return ERR_OK;
}

/* TAG, the word before the structs, is like a pointer to one, with their number as its offset. */
static err_t read_tag(struct message *message, const uint64_t *tag, uint64_t n_words,
                      struct message_list *out)
{
    uint64_t n = (uint32_t)*tag >> 2;
    uint64_t element_words = data_words_of(*tag) + n_pointers_of(*tag);

    if (kind_of(*tag) != POINTER_STRUCT || n * element_words > n_words)
        return ERR_BAD_MESSAGE;
    if (element_words == 0) {
        if (n > message->budget)
            return ERR_BAD_MESSAGE;
        message->budget -= n;
    }
    out->first = (const uint8_t *)(tag + 1);
    out->n = (uint32_t)n;
    out->data_len = (uint32_t)data_words_of(*tag) * 8;
    out->n_pointers = (uint32_t)n_pointers_of(*tag);
    return ERR_OK;
}

err_t message_list(const struct message_struct *from, uint32_t i, struct message_list *out)
{
    uint64_t place = 0, pointer = pointer_at(from, i, &place);
    uint64_t n_words = element_count_of(pointer);
    const uint64_t *tag;

    *out = (struct message_list){.message = from->message};
    if (pointer == 0)
        return ERR_OK;
    if (kind_of(pointer) != POINTER_LIST || element_size_of(pointer) != ELEMENT_COMPOSITE)
        return ERR_BAD_MESSAGE;
    tag = follow(from->message, place, pointer, n_words + 1);
    if (!tag)
        return ERR_BAD_MESSAGE;
    return read_tag(from->message, tag, n_words, out);
}

err_t message_cap(const struct message_struct *from, uint32_t i, uint32_t *index)
{
    uint64_t place, pointer = pointer_at(from, i, &place);

    *index = 0;
    if (pointer == 0)
        return ERR_NOT_FOUND;
    if ((uint32_t)pointer != POINTER_OTHER)
        return ERR_BAD_MESSAGE;
    *index = (uint32_t)(pointer >> 32);
    return ERR_OK;
}
