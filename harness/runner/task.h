/* One scenario in a suite run: the runs it still needs, and what became of those it had.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/runner/attempt.h"
#include "harness/runner/outcome.h"

#include <stdbool.h>
#include <stdint.h>

struct task {
    struct scenario *scenario;
    const struct quarantined *quarantine; /* NULL: none */
    unsigned planned;                     /* runs to be made; grows by retries */
    unsigned started;
    struct tally tally;
    struct attempt shown; /* the run that says most: the first failure, else the first error, else
                           * the last pass. A failure's folder stays locked, so that the pruning of
                           * a long --repeat does not take it. */
    char *last;           /* the run folder that was created last */
};

/* Takes over an attempt that is over. @retries: how many may follow a failure. */
void task_add(struct task *, struct attempt *, unsigned retries);
void task_fini(struct task *);

bool task_done(const struct task *);
enum outcome task_outcome(const struct task *);

/* What there is to say about the outcome beside its name, in new memory; NULL when nothing. */
char *task_note(const struct task *);
