/*
 * The end of a POSIX thread, from where on it has no stack: threads.h tells the whole of it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * posix_thread_leave(ring, word): with its ring in RDI, and in RSI the word to set to 0, or NULL.
 */
#include "abi/syscall.h"

        /* struct ring of abi/ring.h */
        .set    SQ_TAIL, 0
        .set    CQ_HEAD, 4
        .set    SQ_HEAD, 64
        .set    CQ_TAIL, 68

        .set    NOT_ENDED, 126

        .text
        .globl  posix_thread_leave
        .type   posix_thread_leave, @function
posix_thread_leave:
        mov     %rdi, %rbx
        test    %rsi, %rsi
        jz      1f
        movl    $0, (%rsi)              /* from here on the stack can be gone */
1:      mov     CQ_TAIL(%rbx), %eax     /* all completions are taken */
        mov     %eax, CQ_HEAD(%rbx)
        mov     SQ_TAIL(%rbx), %edi
        sub     SQ_HEAD(%rbx), %edi     /* cap_enter(what is queued, 1, never) */
        jz      2f
        mov     $1, %esi
        mov     $-1, %rdx
        mov     $SYSCALL_CAP_ENTER, %eax
        syscall
        jmp     1b
2:      mov     $NOT_ENDED, %edi        /* the kernel did not end it */
        mov     $SYSCALL_EXIT, %eax
        syscall
        ud2
        .size   posix_thread_leave, . - posix_thread_leave

        .section .note.GNU-stack, "", @progbits
