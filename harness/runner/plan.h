/* From options to tasks: which scenarios run, on this host, in which order.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/runner/options.h"
#include "harness/runner/quarantine.h"
#include "harness/runner/suite.h"
#include "harness/runner/task.h"

#include <stddef.h>

/* The selected scenarios of this shard, sorted by name, for free(). NULL with an error when
 * something is wrong or nothing is selected. */
struct scenario **plan_select(const struct suite *, const struct options *, size_t *n,
                              struct error *);

/* Reads SCENARIOS/quarantine.json, of which every entry must be in order; empty when there is none.
 */
bool plan_quarantine(struct quarantine *, const struct suite *, const struct options *,
                     struct error *);

/* A task for each of the @n scenarios, longest first, for free(). */
struct task *plan_tasks(struct scenario *const list[], size_t n, const struct options *,
                        const struct quarantine *, struct error *);

/* The paths of the durations, in new memory: committed, and measured on this host. */
char *plan_committed(const struct options *);
char *plan_measured(const struct options *);
