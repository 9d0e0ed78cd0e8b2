/*
 * The first process, and the end of the system with it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

struct package;
struct process;

/* What the system does when nothing is left of any process. It does not return. */
typedef void system_end_fn(void);

/* Starts `init` of PACKAGE with a capability to each of the kernel's objects and the budget of the whole
 * machine. The package stays where it is. Panics never: without an init, END is called. */
void system_start(const struct package *package, system_end_fn *end);

/* Any process has ended, all that it started before it. */
void system_process_ended(const struct process *process);

/* After the first process memory and objects are compared with what they were before it, and the system ends. */
void system_end_if_empty(void);
