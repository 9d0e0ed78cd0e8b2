/*
 * TerminalSession (kernel.capnp): the second serial port, one line at a time, for one holder.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first process that reads a line becomes the holder, until it closes the terminal or ends. Meanwhile every method is
 * refused to others (ERR_IN_USE). Writing holds nothing. Without a port every method is refused (ERR_NOT_FOUND).
 *
 * Both directions are bounded, and nothing waits for the port. Input that nobody reads yet waits in 256 bytes; what does
 * not fit rings the bell and is dropped; Ctrl-C clears it. Output waits in 4096 bytes, the last 96 of which are echo's
 * alone: an echo that finds no room is dropped. A write that finds none stays in flight, its bytes in the caller's arena,
 * behind those that wait already. Under the kernel lock.
 */
#pragma once

#include "object/object.h"

struct process;

extern struct object terminal;

/* Finds the port and lets its interrupts in. Once, on the boot processor, when interrupts can be routed. */
void terminal_init(void);

/* The port's interrupt: takes what has come, sends what it takes; a bounded part each, and then it interrupts again. */
void terminal_input(void);

/* PROCESS has ended, and nothing of it is in flight: it holds the terminal no more. */
void terminal_process_ended(const struct process *process);

/* Waits until the port has sent all that was written: before the machine goes. */
void terminal_drain(void);
