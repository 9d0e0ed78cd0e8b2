/* Host programs that the harness runs: started with an argument vector, never through a shell.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/* Runs @argv (NULL-terminated, searched in PATH) with @input as its standard input (NULL for none),
 * adds its standard output to @out and its standard error to @errors (either may be NULL: dropped),
 * and waits. The program is killed after @limit_ms. Returns its exit status, or -1 with @err set
 * when it could not be started, was killed by a signal, or took too long. */
int process_run(const char *const argv[], const struct buffer *input, struct buffer *out,
                struct buffer *errors, int limit_ms, struct error *err);

/* Whether process @pid exists and its command line holds @word (NULL: any). A zombie does not
 * exist. */
bool process_alive(pid_t pid, const char *word);
