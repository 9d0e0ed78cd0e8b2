/*
 * System calls that are cancellation points: of a thread that is cancelled already, or may be meanwhile.
 * SPDX-License-Identifier: Apache-2.0
 *
 * __syscall_cp_asm(&self->cancel, number, a, b, c, d, e, f). Nothing interrupts a thread between its
 * instructions here, so musl's signal handler, for which it wants the labels, never runs: who cancels wakes
 * the thread, and the call returns -EINTR (userspace/lib/posix/interrupt.c).
 */
        .text
        .globl  __syscall_cp_asm, __cp_begin, __cp_end, __cp_cancel
        .hidden __syscall_cp_asm, __cp_begin, __cp_end, __cp_cancel, __cancel, capos_syscall_cp
        .type   __syscall_cp_asm, @function
__syscall_cp_asm:
__cp_begin:
        cmpl    $0, (%rdi)
        jne     __cp_cancel
        jmp     capos_syscall_cp
__cp_end:
        ret
__cp_cancel:
        jmp     __cancel
        .size   __syscall_cp_asm, . - __syscall_cp_asm

        .section .note.GNU-stack, "", @progbits
