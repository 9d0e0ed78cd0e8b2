/*
 * What Debian's static libraries want of glibc and musl does not have: copies that know their room.
 * SPDX-License-Identifier: Apache-2.0
 *
 * gcc calls these, where it does not know that the length fits, for code built with _FORTIFY_SOURCE
 * (Linux Standard Base, "Interfaces for libc").
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

void *__memcpy_chk(void *to, const void *from, size_t len, size_t room);
void *__memcpy_chk(void *to, const void *from, size_t len, size_t room)
{
    if (len > room)
        abort();
    return memcpy(to, from, len);
}

void *__memmove_chk(void *to, const void *from, size_t len, size_t room);
void *__memmove_chk(void *to, const void *from, size_t len, size_t room)
{
    if (len > room)
        abort();
    return memmove(to, from, len);
}

void *__memset_chk(void *to, int byte, size_t len, size_t room);
void *__memset_chk(void *to, int byte, size_t len, size_t room)
{
    if (len > room)
        abort();
    return memset(to, byte, len);
}

void __explicit_bzero_chk(void *to, size_t len, size_t room);
void __explicit_bzero_chk(void *to, size_t len, size_t room)
{
    if (len > room)
        abort();
    explicit_bzero(to, len);
}
