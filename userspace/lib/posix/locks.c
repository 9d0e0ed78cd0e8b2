/*
 * A lock of the library's own, for what all threads share.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/posix.h"

#include "capos/park.h"

/* Whoever has waited takes the lock as waited for: others may still be waiting. */
void posix_lock_take(struct posix_lock *lock)
{
    uint32_t state = 0;
    cap_t park;

    if (__atomic_compare_exchange_n(&lock->state, &state, 1, false, __ATOMIC_ACQUIRE,
                                    __ATOMIC_RELAXED))
        return;
    park = posix_grant("park", INTERFACE_PARK_SPACE);
    while (__atomic_exchange_n(&lock->state, 2, __ATOMIC_ACQUIRE))
        park_wait(park, &lock->state, 2, RING_NEVER);
}

void posix_lock_give(struct posix_lock *lock)
{
    if (__atomic_exchange_n(&lock->state, 0, __ATOMIC_RELEASE) == 2)
        park_wake(posix_grant("park", INTERFACE_PARK_SPACE), &lock->state, 1, NULL);
}
