/*
 * The clock that needs no call: that of Timer, read from the processor.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdint.h>

/* Nanoseconds since boot. */
uint64_t clock_now(void);
