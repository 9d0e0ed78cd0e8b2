/*
 * Unpredictable bytes, over EntropySource.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/dispatch.h"

#include <errno.h>

#define AT_ONCE 1024

/* (to, len, flags) */
long entropy_getrandom(const long *arguments)
{
    cap_t entropy = posix_grant("entropy", INTERFACE_ENTROPY);
    uint8_t *to = (uint8_t *)arguments[0];
    size_t len = (size_t)arguments[1], done = 0;

    if (entropy == CAP_NONE)
        return -ENOSYS;
    while (done < len) {
        uint32_t n = len - done < AT_ONCE ? (uint32_t)(len - done) : AT_ONCE, got;
        long result = posix_result(entropy_read(entropy, n, to + done, n, &got));

        if (result)
            return done ? (long)done : result;
        done += got;
    }
    return (long)done;
}
