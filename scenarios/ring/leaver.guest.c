/*
 * Ends with a code: 42, or with any argument one of more than 32 bits.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

int main(void)
{
    size_t len;

    capos_arguments(&len);
    if (len > 0)
        syscall_raw(SYSCALL_EXIT, 0x700000009, 0, 0);
    return 42;
}
