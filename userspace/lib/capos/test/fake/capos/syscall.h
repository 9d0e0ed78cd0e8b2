/*
 * The system calls, for host tests: functions of the test.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include <stdint.h>

int64_t syscall_cap_enter(uint64_t submit, uint64_t min_complete, uint64_t deadline);
_Noreturn void syscall_exit(uint32_t code);
