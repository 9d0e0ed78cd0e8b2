/*
 * Where a native program begins: from the registers of abi/start.h to C.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first thread has its ring in RDI and its arena in RSI. The stack is aligned to 16 bytes, and a
 * call leaves it as the System V ABI wants it. A frame pointer of 0 ends the chain of frames.
 */
        .text
        .globl  _start
        .type   _start, @function
_start:
        xor     %ebp, %ebp
        call    capos_main
        ud2
        .size   _start, . - _start

        .section .note.GNU-stack, "", @progbits
