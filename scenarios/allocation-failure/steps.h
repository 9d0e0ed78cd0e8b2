/*
 * What is done while allocations fail, in steps.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A step is run and then cleaned. run() goes as far as it gets: each of its operations is done, or
 * refused for lack of memory, and anything else ends the process. clean() gives back all that run()
 * has got, however far that was.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_STEP 0xe90c3c51c3a7d2b1ull
#define EXIT_NO_MEMORY 2 /* of a program that was refused something for lack of memory */

struct step {
    const char *name;
    void (*run)(void);
    void (*clean)(void);
    bool starts_processes; /* takes long, and little of it is the caller's */
};

extern const struct step step_anonymous_memory, step_memory_objects, step_threads, step_endpoints,
    step_call_waits, step_receiver_waits, step_moves, step_answers_move, step_promises,
    step_forwarders, step_waits, step_notifications, step_processes, step_server, step_sessions;

/* All of them, in an order. */
extern const struct step *const steps[];
extern const uint32_t n_steps;

/* Whether it was done; ends the process unless it was, or was refused for lack of memory. */
bool fine(struct outcome);

/* The same of a call whose other side may have gone for lack of memory. */
bool answered(struct outcome);

/* An operation of clean(): one allocation may still fail, not two. */
#define surely(operation)                                        \
    do {                                                         \
        if (!fine(operation))                                    \
            check(outcome_is_done(operation), "%s", #operation); \
    } while (0)

/* Starts a program with copies of all grants of the caller's and MORE (may be NULL); whether that
 * was fine. */
bool spawn(const char *image, const char *argument, struct budget budget,
           const struct process_grant *more, cap_t *process);

/* The same without MORE, in the session of LAUNCHER. */
bool launch(cap_t launcher, const char *image, const char *argument, cap_t *process);

/* Waits for the end of *PROCESS, if there is one: a good one, or for lack of memory. */
void finish(cap_t *process);

/* Releases *CAP, if there is one. */
void give_up(cap_t *cap);
