/*
 * The first and last instructions of every stay in the kernel.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Registers are saved as struct trap_frame. From user mode they go straight into the current thread, for the
 * task state's RSP0 and frame_end point at the end of its frame; the C code then runs on the processor's own stack,
 * which is empty each time. From the kernel itself the frame stays on the stack: a fault, which is a panic,
 * or an interrupt of the idle loop, which has nothing to go back to.
 *
 * C returns the frame to resume, or NULL to idle.
 */
#include "arch/x86_64/layout.h"

#define CPU_FRAME_END 8  /* struct arch_cpu */
#define CPU_USER_RSP  16
#define CPU_STACK_TOP 24

#define FRAME_R15     0x00 /* struct trap_frame */
#define FRAME_R14     0x08
#define FRAME_R13     0x10
#define FRAME_R12     0x18
#define FRAME_R10     0x28
#define FRAME_R9      0x30
#define FRAME_R8      0x38
#define FRAME_RBP     0x40
#define FRAME_RDI     0x48
#define FRAME_RSI     0x50
#define FRAME_RDX     0x58
#define FRAME_RBX     0x68
#define FRAME_RAX     0x70
#define FRAME_VECTOR  0x78
#define FRAME_RIP     0x88
#define FRAME_RFLAGS  0x98
#define FRAME_RSP     0xa0
#define FRAME_LEN     0xb0
#define VECTOR_SYSCALL 0x100

#define N_EXCEPTIONS 32
#define N_VECTORS    256

/* Vectors for which the processor pushes an error code (Intel SDM volume 3, 6.3.1, table 6-1). */
#define PUSHES_ERROR(vector) ((0x60227d00 >> (vector)) & 1)

#define VECTOR_NMI           2
#define VECTOR_DOUBLE_FAULT  8
#define VECTOR_MACHINE_CHECK 18

    .macro save_general
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
    .endm

/* One entry every TRAP_ENTRY_LEN bytes, as traps.c expects. */
    .text
    .balign 16
    .globl trap_entries
    .type trap_entries, @function
trap_entries:
    .set vector, 0
    .rept N_EXCEPTIONS
    .balign 16
    .if PUSHES_ERROR(vector) == 0
    pushq $0
    .endif
    pushq $vector
    .if vector == VECTOR_NMI || vector == VECTOR_DOUBLE_FAULT || vector == VECTOR_MACHINE_CHECK
    jmp trap_last
    .else
    jmp trap_common
    .endif
    .set vector, vector + 1
    .endr
    .rept N_VECTORS - N_EXCEPTIONS
    .balign 16
    pushq $0
    pushq $vector
    jmp trap_common
    .set vector, vector + 1
    .endr
    .size trap_entries, . - trap_entries

    .type trap_common, @function
trap_common:
    testb $3, 3 * 8(%rsp)       /* CS: the privilege level */
    jz from_kernel
    swapgs
    save_general
    movq %rsp, %rdi
    movq %gs:CPU_STACK_TOP, %rsp
    pushq $2                    /* no flag of the user's: AC would lift SMAP */
    popfq
    xorl %ebp, %ebp             /* ends every backtrace */
    call trap_from_user
    jmp trap_leave

from_kernel:
    cmpq $N_EXCEPTIONS, (%rsp)
    jae from_idle
    save_general
    cld
    movq %rsp, %rdi
    call trap_from_kernel
    ud2

/* An interrupt, which the kernel lets in only where there is nothing to go back to: the stack begins anew. */
from_idle:
    movq (%rsp), %rdi
    movq %gs:CPU_STACK_TOP, %rsp
    xorl %ebp, %ebp
    call trap_from_idle
    jmp trap_leave
    .size trap_common, . - trap_common

/* Traps that come at any instruction, also between an entry and its SWAPGS, and are never survived. */
    .type trap_last, @function
trap_last:
    save_general
    cld
    movl $0xc0000101, %ecx      /* GS base */
    rdmsr
    testl %edx, %edx
    js 1f                       /* the kernel's already */
    swapgs
1:  movq %rsp, %rdi
    call trap_at_last
    ud2
    .size trap_last, . - trap_last

/* SYSCALL: RCX holds RIP, R11 holds RFLAGS, interrupts are off (Intel SDM volume 2, SYSCALL). RAX gets the result, RCX and R11 are lost,
 * the selectors are always the same (the frame begins with them), so none of them is saved. */
    .globl syscall_entry
    .type syscall_entry, @function
syscall_entry:
    swapgs
    movq %rsp, %gs:CPU_USER_RSP
    movq %gs:CPU_FRAME_END, %rsp
    movq %rcx, (FRAME_RIP - FRAME_LEN)(%rsp)
    movq %gs:CPU_USER_RSP, %rcx
    movq %r11, (FRAME_RFLAGS - FRAME_LEN)(%rsp)
    movq %rcx, (FRAME_RSP - FRAME_LEN)(%rsp)
    movq $VECTOR_SYSCALL, (FRAME_VECTOR - FRAME_LEN)(%rsp)
    movq %rbx, (FRAME_RBX - FRAME_LEN)(%rsp)
    movq %rdx, (FRAME_RDX - FRAME_LEN)(%rsp)
    movq %rsi, (FRAME_RSI - FRAME_LEN)(%rsp)
    movq %rdi, (FRAME_RDI - FRAME_LEN)(%rsp)
    movq %rbp, (FRAME_RBP - FRAME_LEN)(%rsp)
    movq %r8, (FRAME_R8 - FRAME_LEN)(%rsp)
    movq %r9, (FRAME_R9 - FRAME_LEN)(%rsp)
    movq %r10, (FRAME_R10 - FRAME_LEN)(%rsp)
    movq %r12, (FRAME_R12 - FRAME_LEN)(%rsp)
    movq %r13, (FRAME_R13 - FRAME_LEN)(%rsp)
    movq %r14, (FRAME_R14 - FRAME_LEN)(%rsp)
    movq %r15, (FRAME_R15 - FRAME_LEN)(%rsp)
    movq %gs:CPU_STACK_TOP, %rsp
    xorl %ebp, %ebp
    movq %rax, %rcx             /* (first, second, third, number) */
    call entry_syscall          /* a thread begins with its frame */
    /* falls into trap_leave */
    .size syscall_entry, . - syscall_entry

/* RAX: the frame to resume, or NULL. */
    .type trap_leave, @function
trap_leave:
    testq %rax, %rax
    jz idle
    movq %rax, %rsp
    cmpq $VECTOR_SYSCALL, FRAME_VECTOR(%rsp)
    jne 1f

    /* RIP is canonical: the page below USER_END is never executable. */
    movq FRAME_R15(%rsp), %r15
    movq FRAME_R14(%rsp), %r14
    movq FRAME_R13(%rsp), %r13
    movq FRAME_R12(%rsp), %r12
    movq FRAME_R10(%rsp), %r10
    movq FRAME_R9(%rsp), %r9
    movq FRAME_R8(%rsp), %r8
    movq FRAME_RBP(%rsp), %rbp
    movq FRAME_RDI(%rsp), %rdi
    movq FRAME_RSI(%rsp), %rsi
    movq FRAME_RDX(%rsp), %rdx
    movq FRAME_RBX(%rsp), %rbx
    movq FRAME_RAX(%rsp), %rax
    movq FRAME_RFLAGS(%rsp), %r11
    movq FRAME_RIP(%rsp), %rcx
    movq FRAME_RSP(%rsp), %rsp
    swapgs
    sysretq

1:  popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %r11
    popq %r10
    popq %r9
    popq %r8
    popq %rbp
    popq %rdi
    popq %rsi
    popq %rdx
    popq %rcx
    popq %rbx
    popq %rax
    swapgs
    addq $16, %rsp              /* vector, error */
    iretq
    .size trap_leave, . - trap_leave

/* Nothing to run: sleep until an interrupt, which enters by from_kernel and never comes back. STI lets it in only
 * after the next instruction, so none is missed. */
    .globl idle
    .type idle, @function
idle:
    movq %gs:CPU_STACK_TOP, %rsp
    xorl %ebp, %ebp
1:  sti
    hlt
    cli
    jmp 1b
    .size idle, . - idle

/* _Noreturn void arch_leave(struct trap_frame *frame): the boot's way into the above. */
    .globl trap_start
    .type trap_start, @function
trap_start:
    movq %rdi, %rax
    jmp trap_leave
    .size trap_start, . - trap_start

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
