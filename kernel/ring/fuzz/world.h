/*
 * The kernel without its architecture, for fuzzing: two processes with two threads each on two processors.
 * SPDX-License-Identifier: Apache-2.0
 *
 * All is the kernel's own code, but for frames, pools, page tables, processors and the terminal's port
 * (kernel/test/fake_*), and the boot package.
 */
#pragma once

#include "cap/table.h"
#include "lib/types.h"

#define WORLD_CPUS 2

struct process;
struct thread;

/* The processes run; each holds capabilities to the kernel's objects, the second one a client's to an
 * endpoint of the first. */
void world_start(void);

/* Ends all processes, and aborts when anything is left of them. */
void world_end(void);

/* The thread number I, counted around, of all that there are; NULL: none. */
struct thread *world_thread(unsigned i);

/* The capability number I, counted around, that PROCESS holds; 0: none. */
cap_t world_cap(const struct process *process, unsigned i);

/* Runs what is due on all processors. */
void world_tick(void);
