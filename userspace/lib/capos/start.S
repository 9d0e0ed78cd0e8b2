/*
 * Where threads begin: from the registers of abi/start.h to C.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The stack is aligned to 16 bytes, and a call leaves it as the System V ABI wants it. A frame
 * pointer of 0 ends the chain of frames.
 */

        .text

        /* The first thread: its ring in RDI, its arena in RSI. */
        .globl  _start
        .type   _start, @function
_start:
        xor     %ebp, %ebp
        call    capos_main
        ud2
        .size   _start, . - _start

        /* The others: their ring in RDI, the argument of ThreadSpawner.create() in RSI. */
        .globl  thread_entry
        .type   thread_entry, @function
thread_entry:
        xor     %ebp, %ebp
        call    thread_main
        ud2
        .size   thread_entry, . - thread_entry

        .section .note.GNU-stack, "", @progbits
