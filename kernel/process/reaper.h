/*
 * Clears ended processes away, in bounded steps.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A process in the reaper ends its threads, then gives up its capabilities, then its memory, then
 * its ledger; then it has ended, and those who wait for it are told. Its steps are taken by
 * sched/later.h. Under the kernel lock.
 */
#pragma once

struct process;

/* PROCESS is ending. */
void reaper_add(struct process *process);
