/*
 * Where a POSIX thread begins: from the registers of abi/start.h to C.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Its ring in RDI and the argument of ThreadSpawner.create() in RSI, as posix_thread_main() takes them.
 */
        .text
        .globl  posix_thread_entry
        .type   posix_thread_entry, @function
posix_thread_entry:
        xor     %ebp, %ebp
        call    posix_thread_main
        ud2
        .size   posix_thread_entry, . - posix_thread_entry

        .section .note.GNU-stack, "", @progbits
