/* Run folders: BUILD/scenarios/NAME/<run>, one per run of a scenario.
 * SPDX-License-Identifier: Apache-2.0
 *
 * <run> is the UTC time, the runner's process and a counter; "latest" beside it links to the run
 * that started last. While a run is in progress its runner holds a lock on <run>/.running, so that
 * nobody's pruning takes it; the lock goes with the process, so a killed runner leaves nothing
 * behind. Creating and pruning exclude each other by a lock on NAME/.lock.
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>

struct run_folder {
    char *path; /* NULL when there is none */
    int lock;   /* a file descriptor */
};

/* Creates the folder, locked, and makes it the latest. */
bool run_folder_create(struct run_folder *, const char *build, const char *scenario,
                       struct error *);

/* The run is over: from now on the folder may be pruned. The path stays valid until fini. */
void run_folder_finish(struct run_folder *);
void run_folder_fini(struct run_folder *);

/* Removes the oldest finished runs of a scenario, but the newest @keep and the latest. */
bool run_folders_prune(const char *build, const char *scenario, unsigned keep, struct error *);

/* The latest run's path in new memory, or NULL when it never ran. */
char *run_folder_latest(const char *build, const char *scenario);

/* Whether the run at @path is in progress. */
bool run_folder_busy(const char *path);
