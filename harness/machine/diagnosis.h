/* What a machine was doing: registers and symbolised backtraces, for panics, faults and hangs.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/machine/machine.h"

/* Stops the machine and adds, for every processor, whether it runs, halts or never started, its
 * symbolised backtrace, and its registers. What cannot be had is said in place. Lock not held. */
void diagnose_processors(struct machine *, struct buffer *out);

/* Adds how a machine came to be reset: by a triple fault, with the exceptions that led to it and
 * the registers at the first of them, or by its guest. The machine has been stopped. Lock not held.
 */
void diagnose_reset(const struct machine *, struct buffer *out);

/* Adds the reports of faults that nobody has expected, the first few of them, each with the function
 * and line of its instruction where the program is known. */
void diagnose_faults(const struct machine *, struct buffer *out);

/* Adds the panic report's reason and symbolised backtrace. */
void diagnose_panic(const struct machine *, struct buffer *out);
