/*
 * Small messages in Cap'n Proto's encoding: reading.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A pointer word, from its lowest bit: 2 bits of kind, then for structs and lists 30 bits of signed
 * distance in words from the pointer's end, then for structs 16 bits of data words and 16 of
 * pointers, for lists 3 bits of element size and 29 of elements (composite ones: of words).
 */
#include "capos/message.h"

static enum message_pointer pointer_kind(uint64_t pointer)
{
    return pointer & 3;
}

/* The word that the pointer at AT names, when LEN words from there lie in the message. */
static bool pointer_target(const struct message_struct *from, uint32_t at, uint64_t len,
                           uint32_t *target)
{
    int64_t word = (int64_t)at + 1 + ((int32_t)from->words[at] >> 2);

    if (word < 0 || word > from->n_words || len > from->n_words - (uint64_t)word)
        return false;
    *target = (uint32_t)word;
    return true;
}

/* Reads the struct that the pointer at AT names. */
static err_t struct_at(const struct message_struct *from, uint32_t at, struct message_struct *out)
{
    uint64_t pointer = from->words[at];
    uint16_t n_data = (uint16_t)(pointer >> 32), n_pointers = (uint16_t)(pointer >> 48);
    uint32_t target;

    *out = (struct message_struct){.words = from->words, .n_words = from->n_words};
    if (pointer == 0)
        return ERR_NOT_FOUND;
    if (pointer_kind(pointer) != MESSAGE_STRUCT ||
        !pointer_target(from, at, (uint64_t)n_data + n_pointers, &target))
        return ERR_BAD_MESSAGE;
    out->data = target;
    out->pointers = target + n_data;
    out->n_data = n_data;
    out->n_pointers = n_pointers;
    return ERR_OK;
}

err_t message_open(const void *bytes, size_t len, struct message_struct *root)
{
    struct message_struct whole = {.words = bytes, .n_words = (uint32_t)(len / 8)};
    err_t err;

    *root = (struct message_struct){0};
    if (len % 8 != 0 || len / 8 > UINT32_MAX)
        return ERR_BAD_MESSAGE;
    if (len == 0)
        return ERR_OK;
    err = struct_at(&whole, 0, root);
    return err == ERR_NOT_FOUND ? ERR_OK : err;
}

/* The word of the pointer INDEX; false when the struct has no such pointer, or a null one. */
static bool pointer_find(const struct message_struct *from, uint32_t index, uint32_t *at)
{
    if (index >= from->n_pointers || from->words[from->pointers + index] == 0)
        return false;
    *at = from->pointers + index;
    return true;
}

err_t message_get_struct(const struct message_struct *from, uint32_t index,
                         struct message_struct *out)
{
    struct message_struct source = *from;
    uint32_t at;

    *out = (struct message_struct){0};
    return pointer_find(&source, index, &at) ? struct_at(&source, at, out) : ERR_NOT_FOUND;
}

err_t message_get_bytes(const struct message_struct *from, uint32_t index, const uint8_t **at,
                        uint32_t *len)
{
    uint32_t pointer_at, target, n;
    uint64_t pointer;

    *at = NULL;
    *len = 0;
    if (!pointer_find(from, index, &pointer_at))
        return ERR_NOT_FOUND;
    pointer = from->words[pointer_at];
    n = (uint32_t)(pointer >> 35);
    if (pointer_kind(pointer) != MESSAGE_LIST || (pointer >> 32 & 7) != MESSAGE_BYTES ||
        !pointer_target(from, pointer_at, (n + 7ull) / 8, &target))
        return ERR_BAD_MESSAGE;
    *at = (const uint8_t *)(from->words + target);
    *len = n;
    return ERR_OK;
}

const char *message_get_text(const struct message_struct *from, uint32_t index)
{
    const uint8_t *at;
    uint32_t len;

    if (message_get_bytes(from, index, &at, &len) || len == 0 || at[len - 1] != '\0')
        return "";
    return (const char *)at;
}

err_t message_get_cap(const struct message_struct *from, uint32_t index, uint32_t *cap)
{
    uint32_t at;

    if (!pointer_find(from, index, &at))
        return ERR_NOT_FOUND;
    if ((uint32_t)from->words[at] != MESSAGE_OTHER)
        return ERR_BAD_MESSAGE;
    *cap = (uint32_t)(from->words[at] >> 32);
    return ERR_OK;
}

uint32_t message_get_list(const struct message_struct *from, uint32_t index,
                          struct message_struct *first)
{
    struct message_struct source = *from;
    uint32_t at, tag_at, n, words;
    uint64_t pointer, tag;

    *first = (struct message_struct){.words = source.words, .n_words = source.n_words};
    if (!pointer_find(&source, index, &at))
        return 0;
    pointer = source.words[at];
    words = (uint32_t)(pointer >> 35);
    if (pointer_kind(pointer) != MESSAGE_LIST || (pointer >> 32 & 7) != MESSAGE_COMPOSITE ||
        !pointer_target(&source, at, words + 1ull, &tag_at))
        return 0;
    tag = source.words[tag_at];
    n = (uint32_t)tag >> 2;
    first->n_data = (uint16_t)(tag >> 32);
    first->n_pointers = (uint16_t)(tag >> 48);
    first->data = tag_at + 1;
    first->pointers = first->data + first->n_data;
    /* Elements without a size could be any number and mean nothing. */
    if (first->n_data + first->n_pointers == 0)
        return 0;
    return (uint64_t)n * ((uint64_t)first->n_data + first->n_pointers) <= words ? n : 0;
}
