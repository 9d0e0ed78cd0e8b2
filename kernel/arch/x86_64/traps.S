/*
 * The first and last instructions of a trap: saves the registers as struct trap_frame.
 * SPDX-License-Identifier: Apache-2.0
 */

/* Vectors for which the processor pushes an error code (Intel SDM volume 3, 6.3.1, table 6-1). */
#define PUSHES_ERROR(vector) ((0x60227d00 >> (vector)) & 1)

/* One entry every TRAP_ENTRY_LEN bytes, as traps.c expects. */
    .text
    .balign 16
    .globl trap_entries
    .type trap_entries, @function
trap_entries:
    .set vector, 0
    .rept 32
    .balign 16
    .if PUSHES_ERROR(vector) == 0
    pushq $0
    .endif
    pushq $vector
    jmp trap_common
    .set vector, vector + 1
    .endr
    .size trap_entries, . - trap_entries

    .type trap_common, @function
trap_common:
    pushq %rax
    pushq %rbx
    pushq %rcx
    pushq %rdx
    pushq %rsi
    pushq %rdi
    pushq %rbp
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    cld
    movq %rsp, %rdi
    call trap_dispatch
    ud2                         /* no exception is survived yet */
    .size trap_common, . - trap_common

/* void trap_capture(struct trap_frame *frame): the general registers as they are now. */
    .globl trap_capture
    .type trap_capture, @function
trap_capture:
    movq %r15, 0x00(%rdi)
    movq %r14, 0x08(%rdi)
    movq %r13, 0x10(%rdi)
    movq %r12, 0x18(%rdi)
    movq %r11, 0x20(%rdi)
    movq %r10, 0x28(%rdi)
    movq %r9, 0x30(%rdi)
    movq %r8, 0x38(%rdi)
    movq %rbp, 0x40(%rdi)
    movq %rdi, 0x48(%rdi)
    movq %rsi, 0x50(%rdi)
    movq %rdx, 0x58(%rdi)
    movq %rcx, 0x60(%rdi)
    movq %rbx, 0x68(%rdi)
    movq %rax, 0x70(%rdi)
    movl %cs, %eax
    movq %rax, 0x90(%rdi)
    pushfq
    popq 0x98(%rdi)
    movl %ss, %eax
    movq %rax, 0xa8(%rdi)
    ret
    .size trap_capture, . - trap_capture

    .section .note.GNU-stack, "", @progbits
