/*
 * Clients of Timer and EntropySource, and the clock that needs no call.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Times are nanoseconds since boot.
 */
#pragma once

#include "capos/call.h"

struct outcome timer_now(cap_t timer, uint64_t *now);

/* Sleeps until that time; the time at waking (may be NULL). */
struct outcome timer_sleep(cap_t timer, uint64_t until, uint64_t *woken);

/* The same clock as timer_now(), read from the processor. */
uint64_t clock_now(void);

/* LEN unpredictable bytes, at most 1024. On a refusal TO is unchanged. */
struct outcome entropy_read(cap_t entropy, void *to, uint32_t len);
