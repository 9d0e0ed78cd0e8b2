/*
 * Traps: exceptions, interrupts and system calls, on their way from and to the assembler's entries.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "lib/types.h"

#define N_EXCEPTIONS 32
#define N_VECTORS    256

/* Not a vector: the frame was made by a system call, or by arch_frame_of_caller(). */
#define VECTOR_SYSCALL 0x100
#define VECTOR_NONE    UINT64_MAX

/* As traps.S pushes it; the last five are the processor's (Intel SDM volume 3, 6.14.2). */
struct trap_frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8;
    uint64_t rbp, rdi, rsi, rdx, rcx, rbx, rax;
    uint64_t vector, error;
    uint64_t rip, cs, rflags, rsp, ss;
};
_Static_assert(sizeof(struct trap_frame) == 22 * 8, "traps.S");

/* Makes the gates for all vectors; once, first. */
void traps_init(void);

/* Points this processor at them, and at the entry for system calls. */
void traps_init_cpu(void);

/* The boot's way out: resumes FRAME, or idles when it is NULL. */
_Noreturn void trap_start(struct trap_frame *frame);
