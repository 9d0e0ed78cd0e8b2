/*
 * Zeroes memory eight bytes at a time.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

typedef uint64_t __attribute__((may_alias)) zero_word_t;

/* Zeroes the LEN bytes at AT; both are multiples of 8. About 11 instructions for 64 bytes. */
static inline void zero_words(void *at, size_t len)
{
    zero_word_t *word = at, *end = word + len / sizeof(*word);

    for (; end - word >= 8; word += 8) {
        word[0] = 0;
        word[1] = 0;
        word[2] = 0;
        word[3] = 0;
        word[4] = 0;
        word[5] = 0;
        word[6] = 0;
        word[7] = 0;
    }
    for (; word < end; word++)
        *word = 0;
}
