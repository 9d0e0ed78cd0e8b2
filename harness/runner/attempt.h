/* One run of one scenario: a process of its own in a process group of its own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A terminal's Ctrl-C reaches the runner alone, which asks each scenario once (SIGTERM, to the
 * process and not its group: it ends, and its janitor ends its machines) and kills the group
 * STOP_SECONDS later. With --interactive the scenario's group has the terminal until it ends. A runner that is
 * killed closes its end of the lifeline, at which every scenario ends by itself.
 */
#pragma once

#include "harness/runner/folder.h"
#include "harness/runner/judge.h"
#include "harness/runner/options.h"

#include <stdint.h>
#include <sys/types.h>

#define STOP_SECONDS 10

struct attempt {
    const struct scenario *scenario;
    struct run_folder folder;
    pid_t pid;        /* 0: not running */
    int64_t started;  /* clock_ms() */
    int64_t deadline; /* when something is to be done: stopped, or killed when it already is */
    unsigned ceiling; /* seconds */
    enum stop stop;
    struct result *result; /* NULL while it runs */
};

/* Makes the pipe whose closing tells scenarios that the runner died, and puts its number into the
 * environment. */
bool lifeline_open(struct error *);

/* Starts a run. When it cannot be started the attempt is over at once, with an error as its
 * result. */
void attempt_start(struct attempt *, const struct scenario *, const struct options *);

/* Asks it to end, for the reason @why; again: kills it. */
void attempt_stop(struct attempt *, enum stop why);

/* Does what is due at @now. True when the run is over: it has a result. */
bool attempt_poll(struct attempt *, int64_t now);

/* Releases everything; the folder may be pruned from now on. */
void attempt_fini(struct attempt *);
