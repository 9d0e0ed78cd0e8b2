/*
 * Takes submissions from a ring and carries them out.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

struct thread;

/* Takes at most N submissions of the current thread. Each ends in a completion at once, or in an operation in flight for which one is
 * promised. Returns how many, or -ERR_BAD_RING. *STUCK: there are more, but no completion can be promised for
 * them, or the kernel has done enough at once (sched/work.h). */
int64_t ring_take(struct thread *thread, uint64_t n, bool *stuck);
