/* The judgement on a scenario's process that has ended: its own result, or an error in its place.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The verdict is the one in result.json, and only if the process ended by itself with the exit
 * status that belongs to it: 0 pass, 2 error, 1 any other. Everything else is an error of the
 * harness, never a result of the scenario. The runner then writes result.json itself, so that every
 * finished run has one; what the scenario wrote stays beside it as result-rejected.json.
 */
#pragma once

#include "harness/result/result.h"
#include "harness/runner/suite.h"

enum stop {
    STOP_NONE,      /* it ended by itself */
    STOP_CEILING,   /* the runner stopped it: it outlived its limit */
    STOP_INTERRUPT, /* the runner was interrupted */
};

struct ending {
    int status; /* of waitpid() */
    enum stop stop;
    double seconds;   /* that it ran */
    unsigned ceiling; /* seconds that it was given */
};

/* Never NULL. @folder is the run folder. */
struct result *judge_ending(const struct scenario *, const char *folder, const struct ending *);

/* The error of a run that could not be started: "@came". @folder may be NULL. */
struct result *judge_error(const struct scenario *, const char *folder, double seconds,
                           const char *expected, const char *came);
