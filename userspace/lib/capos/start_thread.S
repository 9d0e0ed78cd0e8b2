/*
 * Where a thread of thread_start.h begins: from the registers of abi/start.h to C.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It has its ring in RDI and the argument of ThreadSpawner.create() in RSI; the rest as in start.S.
 */
        .text
        .globl  thread_entry
        .type   thread_entry, @function
thread_entry:
        xor     %ebp, %ebp
        call    thread_main
        ud2
        .size   thread_entry, . - thread_entry

        .section .note.GNU-stack, "", @progbits
