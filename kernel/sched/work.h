/*
 * How much this stay in the kernel has cost.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What costs more than a few hundred instructions says so, in units of about a hundred. Counted and
 * not timed, so that the same submissions are always taken in the same portions. Under the kernel
 * lock.
 */
#pragma once

#include "lib/types.h"

#define WORK_PAGE     8  /* a page cleared, or copied */
#define WORK_PROBE    1  /* a page looked for */
#define WORK_LOG_LINE 50 /* on its way through a UART */
#define WORK_CALL_END 4  /* a call that fails, and its thread ready */
#define WORK_HASH_64  35 /* bytes */

/* After so much, other processors and interrupts get their turn: some hundred microseconds. */
#define WORK_MAX 8192

extern uint32_t work_done;

static inline void work_add(uint32_t units)
{
    work_done += units;
}
