/*
 * A thread: registers, a ring, and operations in flight.
 * SPDX-License-Identifier: Apache-2.0
 *
 * States: ready (in a run queue, or some processor's `woken`), running (some processor's
 * `current`), waiting (in cap_enter(), for completions or the deadline), ended. Only its own
 * processor moves a running thread on; a thread that is to end while another processor runs it is
 * interrupted there, and ends itself in the kernel.
 *
 * The process's list holds one reference until the thread has ended, each handle one more. After
 * the end only the exit code remains. All under the kernel lock.
 */
#pragma once

#include "arch_types.h"
#include "lib/list.h"
#include "object/object.h"
#include "ring/call.h"
#include "ring/ring.h"
#include "sched/timer.h"

struct cpu;
struct process;

enum thread_state { THREAD_READY, THREAD_RUNNING, THREAD_WAITING, THREAD_ENDED };

struct thread {
    struct arch_thread arch; /* first: what the processor saves */
    struct object object;
    struct process *process; /* NULL once it has ended */
    uint64_t id;             /* never used again */
    enum thread_state state;
    unsigned priority;
    struct cpu *cpu;      /* where it runs, waits in line, or ran last */
    bool unsaved;         /* a processor holds its registers: see sched/cpu.h */
    struct list in_queue; /* the run queue of `cpu`, while ready */
    struct list in_process;

    struct ring_state ring;
    struct list calls;  /* operations in flight */
    struct object *via; /* the forwarder that the submission just taken goes through, or NULL */
    /* The memory of two calls, free while its `thread` is NULL: most threads wait for no more. */
    struct call first_call, second_call;
    uint32_t min_complete; /* while waiting */
    struct timer deadline; /* of cap_enter() */

    bool exiting;        /* ends when the operations that it has asked for are taken */
    bool promises_ready; /* some of its calls can go on, when it enters next: ring/promise.h */
    uint32_t exit_code;
    bool joinable;       /* nobody has joined or detached it */
    struct call *joiner; /* in flight, or NULL */
};

/* What a new thread begins with. */
struct thread_start {
    uint64_t entry, stack, argument, fs_base;
    uint32_t arena_pages;
    unsigned priority;
};

extern const struct object_type thread_type;

/* A thread of PROCESS, not started yet, with one reference for the caller. */
err_t thread_create(struct process *process, const struct thread_start *start,
                    struct thread **thread);

/* Makes a new thread ready to run. */
void thread_start(struct thread *thread);

/* Ends THREAD, which no other processor runs: cancels its operations, gives its ring back, tells
 * who joins. The last one ends its process. */
void thread_end(struct thread *thread, uint32_t code);

/* Threads in the whole system that have not been freed. */
uint64_t threads_count(void);
