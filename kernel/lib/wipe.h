/*
 * Clears secrets that are never read again.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/string.h"

static inline void wipe(void *secret, size_t len)
{
    memset(secret, 0, len);
    /* The compiler would leave out what nobody looks at. */
    __asm__ volatile("" : : "r"(secret) : "memory");
}
