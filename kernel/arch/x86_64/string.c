/*
 * The part of ISO C's <string.h> that the kernel and its compiler call.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Moves by quadwords with the string instructions, which need no loop of ours. Built with
 * -fno-tree-loop-distribute-patterns, or the compiler would turn a loop below into a call of the very
 * function that holds it.
 */
#include "lib/string.h"

#include "lib/types.h"

#define WORD sizeof(uint64_t)

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
    void *t = to;
    size_t n = len / WORD;

    __asm__ volatile("rep movsq" : "+D"(t), "+S"(from), "+c"(n) : : "memory");
    n = len % WORD;
    __asm__ volatile("rep movsb" : "+D"(t), "+S"(from), "+c"(n) : : "memory");
    return to;
}

void *memmove(void *to, const void *from, size_t len)
{
    unsigned char *t = to;
    const unsigned char *f = from;

    if (t <= f || t >= f + len)
        return memcpy(to, from, len); /* forward, which an overlap allows */
    while (len--)
        t[len] = f[len];
    return to;
}

void *memset(void *to, int byte, size_t len)
{
    void *t = to;
    uint64_t word = 0x0101010101010101 * (uint64_t)(unsigned char)byte;
    size_t n = len / WORD;

    __asm__ volatile("rep stosq" : "+D"(t), "+c"(n) : "a"(word) : "memory");
    n = len % WORD;
    __asm__ volatile("rep stosb" : "+D"(t), "+c"(n) : "a"(word) : "memory");
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

void clear_page(void *page)
{
    uint64_t n = 4096 / WORD;

    __asm__ volatile("rep stosq" : "+D"(page), "+c"(n) : "a"(0) : "memory");
}
