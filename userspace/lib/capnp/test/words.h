/*
 * Words of Cap'n Proto messages, written by hand.
 * SPDX-License-Identifier: Apache-2.0
 *
 * https://capnproto.org/encoding.html. An offset counts from the word behind the pointer.
 */
#pragma once

#include "capnp/capnp.h"

#include <string.h>

#define STRUCT(offset, data_words, n_pointers)                     \
    ((uint64_t)(n_pointers) << 48 | (uint64_t)(data_words) << 32 | \
     (uint32_t)((uint32_t)(offset) << 2))
#define LIST(offset, size, count) \
    ((uint64_t)(count) << 35 | (uint64_t)(size) << 32 | (uint32_t)((uint32_t)(offset) << 2) | 1)
#define FAR(segment, word)        ((uint64_t)(segment) << 32 | (uint32_t)(word) << 3 | 2)
#define DOUBLE_FAR(segment, word) (FAR(segment, word) | 4)
#define CAP(index)                ((uint64_t)(index) << 32 | 3)

/* Up to eight letters in one word. */
static inline uint64_t letters(const char *text)
{
    uint64_t word = 0;

    for (size_t i = 0, n = strlen(text); i < n; i++)
        word |= (uint64_t)(uint8_t)text[i] << i * 8;
    return word;
}

/* Opens the array WORDS, and reads its root's pointer 0, in the usual tests. */
#define OPEN(message, words) capnp_open(message, words, sizeof(words))
#define FIRST(message)       capnp_get_pointer(capnp_root(message), 0)

/* The error of a message, whose bytes are those of an array, after EXPRESSION was read from it. */
#define LIE(words, expression)                    \
    (__extension__({                              \
        struct capnp_message message;             \
        OPEN(&message, words);                    \
        (void)(expression);                       \
        capnp_error(&message) == ERR_BAD_MESSAGE; \
    }))
