/*
 * capOS's errors as those of POSIX.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/posix.h"

#include <errno.h>

/* What is not here is an error of whoever called, and never comes of a good call. */
static const uint8_t numbers[] = {
    [ERR_NOT_FOUND] = ENOENT,      [ERR_OUT_OF_BOUNDS] = EFAULT, [ERR_UNSUPPORTED] = ENOSYS,
    [ERR_TIMED_OUT] = ETIMEDOUT,   [ERR_NO_MEMORY] = ENOMEM,     [ERR_NO_FRAMES] = ENOMEM,
    [ERR_NO_OBJECTS] = EAGAIN,     [ERR_NO_CALLS] = EAGAIN,      [ERR_NO_TIMERS] = EAGAIN,
    [ERR_NO_CAPS] = EAGAIN,        [ERR_BAD_HANDLE] = EBADF,     [ERR_BAD_ARGUMENT] = EINVAL,
    [ERR_BAD_ADDRESS] = EINVAL,    [ERR_NO_ROOM] = ENOBUFS,      [ERR_NOT_PERMITTED] = EPERM,
    [ERR_IN_USE] = EBUSY,          [ERR_NOT_MAPPED] = ENOMEM,    [ERR_CANCELLED] = EINTR,
    [ERR_DISCONNECTED] = EPIPE,    [ERR_REVOKED] = EACCES,       [ERR_ENDED] = ESRCH,
    [ERR_MISMATCH] = EAGAIN,       [ERR_DEADLOCK] = EDEADLK,     [ERR_NO_ENTROPY] = ENOSYS,
    [ERR_WRITE_EXECUTE] = ENOTSUP, [ERR_OVERLAP] = EEXIST,
};

long posix_result(struct outcome outcome)
{
    if (outcome_is_done(outcome))
        return 0;
    if (outcome.code < sizeof(numbers) && numbers[outcome.code])
        return -numbers[outcome.code];
    return -EIO;
}
