/*
 * One of several that call "service" at the same time. Argument: its cookie.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

#define ROUNDS 500

int main(void)
{
    size_t len;
    const uint64_t *own = capos_arguments(&len);
    uint64_t cookie = 0;

    check(len == sizeof(*own), "a cookie");
    for (uint64_t i = 0; i < ROUNDS; i++) {
        check(outcome_is_done(service_call(SERVICE_WHO, i, &cookie)), "call %lu", i);
        check(cookie == *own, "call %lu as %lu, not as %lu", i, *own, cookie);
    }
    return 0;
}
