/*
 * A processor: what it runs, what waits for it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * To change over from one thread to another takes long compared to the rest of a short stay in the
 * kernel, and concerns nobody else: it is the last thing before user mode, when the lock is free
 * again. Until then the processor still holds registers and page tables of the thread that it ran
 * before, which may be wanted elsewhere already. So that thread is marked `unsaved`, for whoever
 * runs or ends it to wait for, and `space` says so as long as its tables are loaded.
 */
#pragma once

#include "arch_types.h"
#include "lib/list.h"
#include "lib/tree.h"
#include "lib/types.h"

#define CPUS_MAX 64

/* Priorities; the higher runs first. */
#define PRIORITIES       8
#define PRIORITY_INITIAL 4

struct space;
struct thread;

/* Threads that are ready, by priority, in the order in which they became so. */
struct run_queue {
    uint32_t present; /* a bit for each list that is not empty */
    uint32_t n;
    struct list ready[PRIORITIES];
};

/* Under the kernel lock, but where it says otherwise. */
struct cpu {
    struct arch_cpu arch; /* first: its address is the processor's base */
    unsigned id;
    bool online;
    struct thread *current; /* NULL: idle */
    struct thread *woken;   /* in this stay, and not in line yet: runs next, if it can */

    /* Written by the processor itself, with or without the lock. */
    struct thread *registers;  /* whose are loaded; NULL: nobody's that matter */
    struct space *space;       /* whose page tables are loaded; NULL: the kernel's */
    uint64_t space_generation; /* of `space`, when its translations were last forgotten */

    /* Runs in user mode. Cleared by the processor itself at each entry before it takes the lock;
     * set under the lock. */
    bool in_user;

    bool reschedule; /* choose anew on the way out, though the current thread could go on */
    bool attention;  /* schedule_next() has something to see: set with whatever it looks at */
    struct run_queue queue;
    struct tree timers;  /* by deadline; ring deadlines and sleeps that began here */
    uint64_t lock_waits; /* how often it found the kernel lock taken */
    uint64_t lock_ns;    /* and how long it waited for it */
    uint64_t armed;      /* when the local timer fires; TIME_NEVER: not at all */
    uint64_t slice_end;  /* of the current thread, while others wait */
};

#define TIME_NEVER UINT64_MAX

extern struct cpu cpus[CPUS_MAX];

/* Processors that were found; those that run have `online`. */
unsigned cpus_found(void);
unsigned cpus_online(void);

static inline struct cpu *cpu_at(unsigned id)
{
    return &cpus[id];
}

/* This processor. */
static inline struct cpu *cpu_self(void)
{
    return (struct cpu *)arch_cpu_self();
}

/* How often processors have found the kernel lock taken since the boot, and how long they waited in
 * all. */
void cpus_contention(uint64_t *waits, uint64_t *nanoseconds);

/* Prepares the records of N processors. */
void cpus_init(unsigned n);

/* The rest for CPU, which is this processor. How it changes over: sched/switch.h. */

/* Lets go of the registers and page tables of whoever it ran: it will idle. */
void cpu_let_go(struct cpu *cpu);

/* Lets go of the page tables. */
void cpu_unload_space(struct cpu *cpu);

/* THREAD is ending, and its registers will not be needed any more. */
void cpu_forget_registers(struct cpu *cpu, struct thread *thread);
