/* What `run` prints: a line per scenario, its failure below it, and the summary.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/runner/screen.h"
#include "harness/runner/task.h"

#include <stdbool.h>
#include <stddef.h>

/* @width: of the name's column on a terminal. @more: goldens and files are told of
 * a pass too. */
void progress_add(struct buffer *, const struct screen *, const struct task *, size_t width,
                  bool more);

/* Who failed and why, and as the last line "N passed, N failed". */
void progress_add_summary(struct buffer *, const struct screen *, const struct task tasks[],
                          size_t n);
