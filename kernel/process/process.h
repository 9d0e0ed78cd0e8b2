/*
 * A process: an address space, capabilities and threads, on a budget.
 * SPDX-License-Identifier: Apache-2.0
 *
 * States: running; ending, from the first reason to end on (exit(), a fault, the last thread's end,
 * terminate()): no thread of it runs in user mode any more once each processor has entered the
 * kernel, and the reaper clears it away piece by piece, its children first; ended, when nothing is
 * left of it but its status, which handles can ask for.
 *
 * The kernel holds one reference until the end, each handle one more. All under the kernel lock.
 */
#pragma once

#include "cap/table.h"
#include "ledger/ledger.h"
#include "lib/list.h"
#include "mem/space.h"
#include "object/object.h"
#include "sched/later.h"

#define PROCESS_NAME_MAX 63

struct session;
struct thread;

enum process_state { PROCESS_RUNNING, PROCESS_ENDING, PROCESS_ENDED };

/* ProcessHandle.Reason of kernel.capnp, with its values. */
enum end_reason { END_EXITED, END_FAULTED, END_TERMINATED };

struct process {
    struct object object;
    uint64_t id; /* never used again */
    char name[PROCESS_NAME_MAX + 1];
    enum process_state state;
    struct session *session; /* the same from its creation to its end */
    struct process *parent;  /* NULL: the first one */
    struct list children;    /* not ended; they live on this one's budget, and end with it */
    struct list in_parent;
    struct ledger *ledger;
    struct space space;
    struct cap_table caps;
    struct list threads;
    uint32_t n_threads;

    enum end_reason reason; /* from ending on */
    uint32_t code;
    struct list waiters; /* operations that wait for the end */
    struct later reaping;
};

extern const struct object_type process_type;

/* A process of SESSION without threads, with a reference for the caller beside the kernel's. BUDGET
 * is taken from PARENT, which also pays for the object (NULL: the first process, which pays
 * itself). */
err_t process_create(const char *name, struct process *parent, struct session *session,
                     const struct budget *budget, struct process **process);

/* Begins the end; the first reason counts. */
void process_end(struct process *process, enum end_reason reason, uint32_t code);

/* Processes in the whole system, those included of which only handles are left. */
uint64_t processes_count(void);
