/*
 * TerminalSession (kernel.capnp): the second serial port, one line at a time, for one holder.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first process that reads a line becomes the holder, until it closes the terminal or ends.
 * Meanwhile every method is refused to others (ERR_IN_USE). Writing holds nothing. Without a port
 * every method is refused (ERR_NOT_FOUND).
 *
 * Both directions are bounded, nothing waits for the port, and a port that is never done gets only
 * a small share of the time. Input that nobody reads yet waits in 256 bytes; what does not fit
 * rings the bell and is dropped; Ctrl-C clears it. Output waits in 4096 bytes, the last 96 of which
 * are echo's alone; input stays in the port while its echo has no room. A write that has none stays
 * in flight, its bytes in the caller's arena, behind those that wait already. Under the kernel
 * lock.
 */
#pragma once

#include "object/object.h"

struct process;
struct session;

extern struct object terminal;

/* Finds the port and lets its interrupts in. Once, on the boot processor, when interrupts can be
 * routed. */
void terminal_init(void);

/* The port's interrupt: takes what has come, a bounded part; the rest is taken a little later. */
void terminal_input(void);

/* PROCESS has ended, and nothing of it is in flight: it holds the terminal no more. */
void terminal_process_ended(const struct process *process);

/* SESSION has ended: a holder of it holds the terminal no more, and what it reads ends. */
void terminal_session_ended(const struct session *session);

/* The forwarder through which the holder reads, to which the terminal refers; NULL: none. */
struct object *terminal_way(void);

/* Waits until the port has sent all that was written: before the machine goes. */
void terminal_drain(void);
