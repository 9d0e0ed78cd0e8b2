/*
 * Waits for ever.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    for (;;)
        syscall_cap_enter(0, 1, RING_NEVER);
}
