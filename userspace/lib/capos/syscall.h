/*
 * The two system calls, as C functions.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What they do stands in abi/syscall.h.
 */
#pragma once

#include <stdint.h>

#include "abi/syscall.h"

static inline int64_t syscall_raw(uint64_t number, uint64_t first, uint64_t second, uint64_t third)
{
    int64_t result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(first), "S"(second), "d"(third)
                     : "rcx", "r11", "memory");
    return result;
}

static inline int64_t syscall_cap_enter(uint64_t submit, uint64_t min_complete, uint64_t deadline)
{
    return syscall_raw(SYSCALL_CAP_ENTER, submit, min_complete, deadline);
}

static inline _Noreturn void syscall_exit(uint32_t code)
{
    for (;;)
        syscall_raw(SYSCALL_EXIT, code, 0, 0);
}
