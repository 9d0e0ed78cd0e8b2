/*
 * Copies a message from one thread's arena into another's, or the same.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "arch_inline.h"
#include "lib/string.h"

struct thread;

/* LEN, a multiple of 8. What a thread sends itself may overlap. */
static inline void copy_between(void *to, const struct thread *to_thread, const void *from,
                                const struct thread *from_thread, uint32_t len)
{
    if (__builtin_expect(to_thread == from_thread, 0))
        memmove(to, from, len);
    else
        arch_copy_words(to, from, len);
}
