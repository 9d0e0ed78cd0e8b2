/*
 * What the parts of the POSIX library share: system calls of musl, served by capabilities.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A handler gets the six arguments of its call and returns what Linux would: the result, or -errno.
 * Each subject has one file; dispatch.c finds the handler of a number. What a program was not
 * granted ends with the error that POSIX names for it: README.md has the table.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/kernel.calls.h"

typedef long posix_handler(const long *arguments);

/* A thread, in its own thread-local block; the list of all is threads.c's. */
struct posix_thread {
    int tid;                /* 1: the first one */
    volatile int *end_word; /* set to 0 and woken when the thread has ended; may be NULL */
    struct posix_thread *next;
    struct posix_interrupt {
        uint32_t word; /* 1: somebody wants the thread to return from its wait */
        bool wanted;   /* the call in progress may be interrupted */
        bool waiting;  /* the operation `id` waits for the word */
        uint64_t id;
    } interrupt;
    uint64_t signal_mask;    /* bit N - 1: signal N */
    uint64_t signal_pending; /* sent to the thread while blocked */
};

extern _Thread_local struct posix_thread posix_self;

/* --- start.c --- */

/* The lowest address of the first thread's stack. */
extern uint64_t posix_stack_low;

/* --- errors.c --- */

/* An outcome as a system call's result: 0, or -errno. */
long posix_result(struct outcome);

/* --- grants.c: what the program was granted, or CAP_NONE --- */

cap_t posix_grant(const char *name, uint64_t interface_id);

/* --- threads.c --- */

/* Whether other threads have ever been. */
bool posix_is_threaded(void);

/* The thread, with the list locked until posix_thread_put(); NULL: there is none, nothing is
 * locked. */
struct posix_thread *posix_thread_get(int tid);
void posix_thread_put(void);

/* --- interrupt.c --- */

/* Waits for the completion of what was queued last, like ring_finish(). ERR_CANCELLED: somebody has
 * interrupted the thread, and the operation was taken back. */
err_t interrupt_wait(struct ring_client *, uint64_t user_data, struct ring_completion *out);

/* The same for an operation in a ring_operate()'s manner, and for a call in steps. */
struct outcome interrupt_operate(struct ring_submission *);
struct outcome interrupt_call(struct call *, uint32_t result_len);

/* Makes the thread return from its wait, or from the next one. */
void interrupt_send(struct posix_thread *);

/* --- signals.c --- */

/* Runs the handlers of what is pending and not blocked; called when a system call returns. */
void signals_deliver(void);

/* Sends a signal to the calling thread. */
void signals_raise(int signal);

/* --- exit.c, thread_end.S --- */

_Noreturn void posix_exit(uint32_t code);

/* --- descriptors.c --- */

/* Writes out what is kept back of a last line. */
void streams_flush(void);

/* --- locks.c --- */

/* A lock that waits over ParkSpace, and spins where that is not granted. Not recursive. */
struct posix_lock {
    uint32_t state; /* 0: free, 1: held, 2: held and waited for */
};
void posix_lock_take(struct posix_lock *);
void posix_lock_give(struct posix_lock *);
