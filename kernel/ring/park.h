/*
 * PARK and UNPARK: threads that wait at a 32-bit word of memory.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Who parks names the value that it saw; the kernel compares and begins to wait under its lock, so
 * no UNPARK that follows a change of the word is lost.
 *
 * Where a memory object is mapped, a word is a place in that object, whoever maps it and at which
 * address: processes that share the memory share its words, and who waits keeps the object. Any
 * other word is an address of its space: what is mapped there later does not matter, and no other
 * space's UNPARK reaches it. In the order of arrival at each word.
 */
#pragma once

#include "abi/err.h"
#include "lib/types.h"

struct ring_submission;
struct thread;

/* ERR_OK: waits now. ERR_MISMATCH: the word has another value. ERR_BAD_ADDRESS: not aligned, or no
 * memory that the process can read there. */
err_t park(struct thread *thread, const struct ring_submission *submission);

/* Wakes at most N of those parked at the word at ADDRESS, and a bounded number; tells how many. */
err_t unpark(struct thread *thread, uint64_t address, uint32_t n, uint64_t *woken);
