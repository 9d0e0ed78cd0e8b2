/*
 * The direct map: all physical memory at one distance from its addresses.
 * SPDX-License-Identifier: Apache-2.0
 *
 * DIRECT_BASE comes from the folder that the build names: the architecture's, or for host tests
 * kernel/test, where "physical memory" is an allocation.
 */
#pragma once

#include "direct_base.h"
#include "lib/types.h"

/* Where the kernel reads and writes the RAM at AT. */
static inline void *direct(paddr_t at)
{
    return (void *)(DIRECT_BASE + at);
}

/* The physical address behind a pointer that direct() gave. */
static inline paddr_t direct_phys(const void *pointer)
{
    return (uintptr_t)pointer - DIRECT_BASE;
}
