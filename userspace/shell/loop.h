/*
 * The one place where the shell waits: for whatever comes next on its ring.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Commands that wait for something call loop_step() until it is there; meanwhile everything else goes on.
 */
#pragma once

#include "capos/call.h"

/* What a completion belongs to: its user_data. */
enum { LOOP_USER = 1, LOOP_STREAMS, LOOP_CALL, LOOP_JOBS = 256 /* and the job's place */ };

/* Waits for one completion and lets its owner have it. */
void loop_step(void);

/* Makes a call that may take long. Ctrl-C cancels it. */
struct outcome loop_call(struct call *, uint32_t result_len);

/* Ends the shell, with all that it runs, when it has lost what it needs. */
_Noreturn void loop_fail(const char *what, struct outcome);
