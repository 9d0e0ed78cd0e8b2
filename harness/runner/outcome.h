/* What became of a scenario: the verdicts of all its runs, and its quarantine, as one outcome.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Runs that passed and runs that failed make FLAKY, which is never a pass. A run that the host
 * could not do says nothing about the scenario: beside passes it makes ERROR, beside failures it
 * changes nothing. Quarantine excuses failures and flakiness, not errors.
 */
#pragma once

#include "harness/result/result.h"
#include "harness/runner/quarantine.h"

#include <stdbool.h>

enum outcome {
    OUTCOME_PASS,
    OUTCOME_FAIL,
    OUTCOME_PANIC,
    OUTCOME_RESET,
    OUTCOME_HANG,
    OUTCOME_ERROR,
    OUTCOME_FLAKY,
    OUTCOME_QUARANTINED, /* failed, and is allowed to until its entry expires */
    OUTCOME_EXPIRED,     /* its entry has expired: fails even when the scenario passed */
};

struct tally {
    unsigned runs;
    unsigned passed;
    unsigned errors;
    enum verdict first; /* the verdict of the first run that neither passed nor was an error */
};

void tally_add(struct tally *, enum verdict);

/* Whether a scenario with this tally and @retries allowed ones should run once more to learn
 * whether it is flaky or broken. */
bool tally_wants_retry(const struct tally *, unsigned retries, const struct quarantined *);

/* @entry: its quarantine, NULL for none. */
enum outcome outcome_decide(const struct tally *, const struct quarantined *entry);

/* "pass", "quarantined", …, as in last.json. */
const char *outcome_name(enum outcome);
bool outcome_parse(const char *name, enum outcome *);

/* Whether it fails the suite. */
bool outcome_fails(enum outcome);
