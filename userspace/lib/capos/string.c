/*
 * The part of ISO C's <string.h> that this library and its compiler call.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Built with -fno-tree-loop-distribute-patterns, or the compiler would turn a loop below into a
 * call of the very function that holds it. Copies go by words, which need not be aligned here.
 */
#include "capos/string.h"

#include <stdint.h>

typedef uint64_t word_t __attribute__((aligned(1), may_alias));

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
    unsigned char *t = to;
    const unsigned char *f = from;
    size_t i = 0;

    for (; len - i >= sizeof(word_t); i += sizeof(word_t))
        *(word_t *)(t + i) = *(const word_t *)(f + i);
    for (; i < len; i++)
        t[i] = f[i];
    return to;
}

void *memmove(void *to, const void *from, size_t len)
{
    unsigned char *t = to;
    const unsigned char *f = from;

    if (t <= f) {
        for (size_t i = 0; i < len; i++)
            t[i] = f[i];
    } else {
        while (len--)
            t[len] = f[len];
    }
    return to;
}

void *memset(void *to, int byte, size_t len)
{
    unsigned char *t = to;
    uint64_t word = 0x0101010101010101 * (unsigned char)byte;
    size_t i = 0;

    for (; len - i >= sizeof(word_t); i += sizeof(word_t))
        *(word_t *)(t + i) = word;
    for (; i < len; i++)
        t[i] = (unsigned char)byte;
    return to;
}

int memcmp(const void *left, const void *right, size_t len)
{
    const unsigned char *l = left, *r = right;

    for (size_t i = 0; i < len; i++) {
        if (l[i] != r[i])
            return l[i] < r[i] ? -1 : 1;
    }
    return 0;
}

size_t strlen(const char *string)
{
    size_t len = 0;

    while (string[len])
        len++;
    return len;
}

int strcmp(const char *left, const char *right)
{
    while (*left && *left == *right)
        left++, right++;
    return (unsigned char)*left - (unsigned char)*right;
}
