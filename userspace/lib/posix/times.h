/*
 * Times of POSIX as nanoseconds since boot.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

bool timespec_is_valid(const struct timespec *);

/* RING_NEVER when it is too far away. */
uint64_t timespec_nanoseconds(const struct timespec *);
uint64_t deadline_after(const struct timespec *span);
