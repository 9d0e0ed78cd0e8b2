/*
 * Writes to the terminal: what has no room yet stays in flight, in line, its bytes in the caller's arena.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Under the kernel lock.
 */
#pragma once

#include "lib/bytes.h"
#include "ring/invocation.h"

/* BYTES of the parameters: shown, with the results there, or in line. The error is what prevents a call from waiting. */
err_t terminal_writes_take(struct invocation *invocation, struct bytes bytes);

/* Lets the first write in line in, if it fits by now. */
void terminal_writes_admit(void);

/* Whether there is a line. */
bool terminal_writes_wait(void);
