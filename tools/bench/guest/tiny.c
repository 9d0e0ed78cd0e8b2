/*
 * The smallest program: ends at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "abi/syscall.h"
#include "capos/syscall.h"

_Noreturn void _start(void);

void _start(void)
{
    syscall_exit(0);
}
