/*
 * The ways into the kernel and out of it: what arch/ calls.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each takes the kernel lock, does its work, chooses what runs next, and lets go of the lock on the
 * way out. Interrupts are off throughout. Each returns the thread to resume, or NULL to idle.
 */
#pragma once

#include "lib/types.h"

struct thread;

/* How a thread's instruction failed, as the log tells it. */
struct fault {
    unsigned vector;
    const char *name; /* of the exception */
    const char *what; /* "write to", ... when it has an address, else NULL */
    const char *why;  /* "not mapped", ... */
    uint64_t address;
    uint64_t instruction;
};

/* The arguments as the program passes them, and the number. */
struct thread *entry_syscall(uint64_t first, uint64_t second, uint64_t third, uint64_t number);
struct thread *entry_fault(const struct fault *fault);
struct thread *entry_timer(void);

/* Another processor wants this one to look around. */
struct thread *entry_interrupted(void);

/* Input for the terminal. */
struct thread *entry_terminal(void);

/* Nothing in particular: a spurious or unknown interrupt. */
struct thread *entry_nothing(void);

/* The way out of the boot. */
struct thread *entry_first(void);
