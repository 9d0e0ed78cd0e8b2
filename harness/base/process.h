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

/* Starts @argv with @fds as its standard input, output and error (-1: /dev/null), @environment, and signals as at a
 * login, whatever this process blocks or ignores; with @group, in a process group of its own. Returns 0 or an
 * errno. The caller waits for it. */
int process_spawn(const char *const argv[], char *const environment[], const int fds[3], bool group,
                  pid_t *pid);

/* Whether process @pid exists and its command line holds @word (NULL: any). A zombie does not
 * exist. */
bool process_alive(pid_t pid, const char *word);
