/* A host program that a scenario runs beside its machines, its output one more stream of the run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The program has a process group of its own, and dies with the scenario's process, however that ends: at once
 * itself, and what it started by the janitor, which knows them by CAPOS_SLOT in their environment. Its standard output and error
 * are the stream; it has no standard input.
 */
#pragma once

#include "harness/base/error.h"
#include "harness/stream/stream.h"

#include <stdbool.h>
#include <sys/types.h>

struct program {
    struct stream *output;
    pid_t pid;
    int pidfd, watch;

    /* Guarded by the loop's lock. */
    bool ended;
    bool waited; /* the scenario has asked for its end */
    int status;  /* as of waitpid() */
};

/* Starts @argv (NULL-terminated, searched in PATH) with its output going to the stream @name and
 * the file
 * @log, and @environment ("NAME=value", NULL-terminated) added to ours. Lock not held. */
struct program *program_create(const char *name, const char *log, const char *const argv[],
                               const char *const environment[], struct error *);

/* Kills it and what it started, if it still runs, and waits (at most 5 s) for the end of its output. Lock not
 * held. */
bool program_stop(struct program *, struct error *);
