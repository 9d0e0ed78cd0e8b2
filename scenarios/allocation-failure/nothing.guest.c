/*
 * Does nothing: with an argument for ever, else not for long.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    size_t len;

    capos_arguments(&len);
    while (len)
        syscall_cap_enter(0, 1, RING_NEVER);
    return 0;
}
