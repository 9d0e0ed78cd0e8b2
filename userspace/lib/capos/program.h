/*
 * Other programs of the boot package, started by a program that tests with all that it was granted.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A program that cannot be started ends the process that wanted it, as check() does.
 */
#pragma once

#include "capos/process.h"
#include "capos/session.h"

/* Starts a program with copies of all grants of the caller's, under the same names, and MORE. */
cap_t program_start(const char *image, const void *arguments, size_t len, struct budget budget,
                    const struct process_grant *more, uint32_t n_more);

/* The same in the session of a SessionLauncher. */
cap_t program_launch(cap_t launcher, const char *image, const void *arguments, size_t len,
                     struct budget budget, const struct process_grant *more, uint32_t n_more);

/* A session for programs to be launched in, and all that there is of it. */
struct program_session {
    cap_t user, control, launcher;
};

struct program_session program_session_open(const struct session_fields *);

/* One that has a name and no other field (interfaces/session.capnp). */
struct program_session program_session_named(const char *name);

/* Releases what there is of it; the session goes on. */
void program_session_drop(const struct program_session *);

/* Waits until nothing of it is left, and releases its handle. */
struct process_end program_finish(cap_t process);

/* The same of one that must exit with 0; IMAGE is for the words if it does not. */
void program_succeed(const char *image, cap_t process);

/* Starts one without more grants, and waits for its end. */
struct process_end program_run(const char *image, const void *arguments, size_t len,
                               struct budget budget);

/* The processors that run. */
uint32_t program_processors(void);

/* Both sides of an endpoint of its own making. */
struct program_endpoint {
    cap_t server, client;
};

struct program_endpoint program_endpoint_open(uint64_t interface_id);

/* Releases both, which it still has. */
void program_endpoint_close(struct program_endpoint);

/* What the caller's process uses now, of everything that is counted. */
struct budget ledger_used(void);

/* What it may use, of all that. */
struct budget ledger_limit(void);

/* Ends the process unless it uses what it used BEFORE; WHAT is over, and left something. */
void ledger_check(const char *what, struct budget before);
