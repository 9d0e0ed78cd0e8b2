/*
 * The end of a kernel whose invariants are broken: says why and where, and halts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Input never gets here, neither a user's nor a device's. Each line has the source "panic": the
 * reason; the registers; the frames, where frame 0 is the address of the instruction that failed
 * (for panic(), of the call) and the others are return addresses; and "end".
 */
#pragma once

#include <stdarg.h>

#include "lib/types.h"

struct trap_frame;

/* Panics on behalf of the caller. */
__attribute__((format(printf, 1, 2))) _Noreturn void panic(const char *format, ...);

/* Panics on behalf of the code that FRAME interrupted. */
__attribute__((format(printf, 2, 3))) _Noreturn void panic_trap(const struct trap_frame *frame,
                                                                const char *format, ...);

/* A precondition or an invariant. CONDITION has no side effects. */
#define kernel_assert(condition) \
    ((condition) ? (void)0 : panic("assertion failed: %s at %s:%u", #condition, __FILE__, __LINE__))
