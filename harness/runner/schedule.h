/* The suite as it runs: so many attempts at once, in the order of the tasks, until all are done.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/runner/screen.h"
#include "harness/runner/task.h"

#include <stdbool.h>
#include <stddef.h>

struct schedule {
    struct task *tasks; /* in the order in which they are to start */
    size_t n;
    unsigned retries; /* for each failure */
    const struct options *options;
    struct screen *screen;
    /* Called when nothing more is to come of a task. */
    void (*done)(const struct task *, void *context);
    void *context;
    char *interrupted; /* the names of what was running when a signal came, NULL otherwise */
    size_t n_done;
};

/* Runs everything. SIGINT, SIGTERM and SIGHUP stop it: no new attempt starts, those that run are
 * asked to end and waited for, and schedule->interrupted is set. */
bool schedule_run(struct schedule *, struct error *);
