/*
 * Calls "echo" as often as its argument says, and ends: half of a pair.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "echo_client.h"

int main(void)
{
    size_t len;
    const void *arguments = capos_arguments(&len);
    uint32_t n;

    check(len == sizeof(n), "how often");
    memcpy(&n, arguments, sizeof(n));
    byhand_init();
    echo_prepare(capos_cap("echo"), 64);
    for (uint32_t i = 0; i < n; i++)
        call_echo();
    return 0;
}
