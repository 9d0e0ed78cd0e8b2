/*
 * The two system calls, made with the SYSCALL instruction.
 * SPDX-License-Identifier: Apache-2.0
 *
 * RAX holds the number; RDI, RSI, RDX the arguments; RAX the result. RCX and R11 are overwritten,
 * all other registers are preserved.
 *
 *   cap_enter(submit, min_complete, deadline)
 *       Takes at most `submit` submissions from the ring, then waits until it holds at least
 *       `min_complete` completions that were not consumed, or the `deadline` has passed (nanoseconds
 *       since boot; 0: do not wait; RING_NEVER: no deadline). Returns how many submissions it took,
 *       or -ERR_BAD_RING when an index lies, -ERR_BAD_ARGUMENT when `min_complete` exceeds
 *       RING_COMPLETIONS. Rather than keep the kernel long it takes fewer than it was asked for, which is no
 *       error, and does not wait then.
 *
 *   exit(code)
 *       Ends the process, all its threads, with `code` (the low 32 bits). Does not return.
 *
 * Any other number returns -ERR_BAD_OPCODE.
 */
#pragma once

#define SYSCALL_CAP_ENTER 0
#define SYSCALL_EXIT      1
