/*
 * Where a POSIX program begins: from the registers of abi/start.h to C.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first thread has its ring in RDI and its arena in RSI, as posix_start() takes them.
 */
        .text
        .globl  _start
        .type   _start, @function
_start:
        xor     %ebp, %ebp
        call    posix_start
        ud2
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits
