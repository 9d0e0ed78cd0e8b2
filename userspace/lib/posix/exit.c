/*
 * The end of the process.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/syscall.h"
#include "posix/dispatch.h"

void posix_exit(uint32_t code)
{
    streams_flush();
    syscall_exit(code);
}

/* (code): the low 8 bits, as POSIX's wait() shows them. */
long exit_exit_group(const long *arguments)
{
    posix_exit((uint32_t)arguments[0] & 0xff);
}
