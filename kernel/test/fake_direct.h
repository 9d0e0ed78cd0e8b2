/*
 * The direct map of a host test: fresh memory that begins at physical address 0.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "mem/direct.h"

/* From now on there are LEN bytes of physical memory, all zero, of which only what is touched costs
 * anything; what was before is gone. */
void fake_direct_start(uint64_t len);

/* A touch of [FROM, TO), whole pages, ends the test, or no longer does. */
void fake_direct_forbid(paddr_t from, paddr_t to);
void fake_direct_allow(paddr_t from, paddr_t to);

void fake_direct_end(void);
