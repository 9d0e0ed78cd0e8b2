/*
 * Where threads begin and end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A thread ends in the kernel some time after it has said so, and whoever joins it may unmap its
 * stack at once. So its last operations are queued in its ring, which is the kernel's memory, while
 * it still has a stack: to unmap that (when nobody joins it), to wake who waits for its end, and to
 * end. Then posix_thread_leave() sets the word that says so and enters the kernel, on registers
 * alone.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "capos/ring.h"

#define THREAD_END_LEN (1024 * 4096ul) /* what one operation can unmap */

/* thread_entry.S: the first instruction of a thread; its ring in RDI, its begin in RSI. */
void posix_thread_entry(void);

/* thread_leave.S: takes all completions, enters with what is queued, and so on until it has ended.
 */
_Noreturn void posix_thread_leave(struct ring *, volatile int *word);

/* thread_end.c: queue the last operations. */
void thread_end_unmap(struct ring_client *, uint64_t stack, size_t len);
void thread_end_wake(struct ring_client *, uint64_t word);
void thread_end_exit(struct ring_client *);

/* Ends the calling thread and unmaps LEN bytes at STACK, on which it may run. */
_Noreturn void capos_thread_end(void *stack, size_t len);
