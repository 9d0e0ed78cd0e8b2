/*
 * Futexes, over ParkSpace.
 * SPDX-License-Identifier: Apache-2.0
 *
 * To requeue waiters is to wake them: they find that they have to wait for the other word. Without
 * ParkSpace there is one thread, whom nobody can wake: it waits for its deadline.
 */
#include "posix/dispatch.h"

#include <errno.h>

#include "capos/clock.h"
#include "capos/park.h"
#include "posix/times.h"

#define WAKE_MAX 64 /* of one UNPARK */

/* Linux's operations, of which musl uses these. */
enum { WAIT = 0, WAKE = 1, REQUEUE = 3, PRIVATE = 128 };

static cap_t park_cap(void)
{
    return posix_grant("park", INTERFACE_PARK_SPACE);
}

static long wait_alone(const uint32_t *word, uint32_t expected, uint64_t deadline)
{
    struct ring_client *client = ring_mine();

    if (__atomic_load_n(word, __ATOMIC_ACQUIRE) != expected)
        return -EAGAIN;
    while (clock_now() < deadline)
        ring_enter(client, ring_held(client) + 1, deadline);
    return -ETIMEDOUT;
}

static long wait(const uint32_t *word, uint32_t expected, const struct timespec *span)
{
    uint64_t deadline = RING_NEVER;

    if (span && !timespec_is_valid(span))
        return -EINVAL;
    if (span)
        deadline = deadline_after(span);
    if (park_cap() == CAP_NONE)
        return wait_alone(word, expected, deadline);
    return posix_result(interrupt_operate(&(struct ring_submission){
        .opcode = RING_PARK,
        .cap = park_cap(),
        .value = expected,
        .argument = (uint64_t)word,
        .deadline = deadline,
    }));
}

static long wake(const uint32_t *word, long n)
{
    long woken = 0;
    uint64_t some = WAKE_MAX;

    while (park_cap() && woken < n && some == WAKE_MAX) {
        uint32_t most = n - woken < WAKE_MAX ? (uint32_t)(n - woken) : WAKE_MAX;
        long result = posix_result(park_wake(park_cap(), word, most, &some));

        if (result)
            return result;
        woken += (long)some;
    }
    return woken;
}

/* (word, operation, value, span or second value, other word, third value) */
long futex_futex(const long *arguments)
{
    const uint32_t *word = (const uint32_t *)arguments[0];
    int value = (int)arguments[2];

    switch (arguments[1] & ~PRIVATE) {
    case WAIT:
        return wait(word, (uint32_t)value, (const struct timespec *)arguments[3]);
    case WAKE:
        return wake(word, value);
    case REQUEUE:
        return wake(word, (long)value + (int)arguments[3]);
    default:
        return -ENOSYS;
    }
}
