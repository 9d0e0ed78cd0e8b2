/*
 * Frames and pools for host tests: each use after free is seen, and any allocation can fail.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Implements mem/frames.h, as far as it is needed, and mem/pool.h. Freed frames are poisoned for the address
 * sanitizer and reused as late as possible; objects are allocations of their own.
 */
#pragma once

#include "mem/pool.h"

#define FAKE_FRAMES 4096

/* The allocation after the next N fails, once; -1: none does. */
extern int fake_memory_fails_after;

/* All frames are free and no pool has an object; call it once, first. */
void fake_memory_start(void);

/* Calls VISIT for each live object of POOL. */
void fake_pool_visit(const struct pool *pool, void (*visit)(void *object));
