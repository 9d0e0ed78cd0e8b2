/*
 * Takes submissions from a ring and carries them out.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

struct thread;

struct taken {
    int64_t n; /* how many, or -ERR_BAD_RING */
    bool
        may_wait; /* not when there are more, but no completion can be promised for them, or the kernel has done enough at
                      once (sched/work.h); nor when the thread is to end, or has promised calls to go on with */
};

/* Takes at most N submissions of the current thread. Each ends in a completion at once, or in an operation in flight for which one is
 * promised. */
struct taken ring_take(struct thread *thread, uint64_t n);
