/*
 * Waiting at words of memory, with the capability ParkSpace.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/call.h"

/* Waits while *WORD is EXPECTED, until somebody wakes it or the deadline (0: none) has passed. */
struct outcome park_wait(cap_t park, const uint32_t *word, uint32_t expected, uint64_t deadline);

/* Wakes at most N who wait at WORD; how many that were (may be NULL). */
struct outcome park_wake(cap_t park, const uint32_t *word, uint32_t n, uint64_t *woken);
