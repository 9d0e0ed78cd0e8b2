/* The runner's commands. Each returns the exit status.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/runner/options.h"
#include "harness/runner/suite.h"

enum {
    EXIT_PASSED = 0,
    EXIT_FAILED = 1,        /* a scenario */
    EXIT_ERROR = 2,         /* the host, or the command line */
    EXIT_INTERRUPTED = 130, /* as shells say it of SIGINT */
};

int command_run(const struct options *, const struct suite *);
int command_list(const struct options *, const struct suite *);
int command_matrix(const struct options *, const struct suite *);
int command_diffs(const struct options *, const struct suite *);
int command_report(const struct options *, const struct suite *);
int command_durations(const struct options *, const struct suite *);

/* Runs the command that the options name. */
int command_dispatch(const struct options *);

/* Prints "runner: …" on standard error and returns EXIT_ERROR. */
int command_error(const char *text);
