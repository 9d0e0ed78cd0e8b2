/* What became of a scenario.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/outcome.h"

#include <stddef.h>
#include <string.h>

static const char *const names[] = {"pass",  "fail",  "panic",       "reset",  "hang",
                                    "error", "flaky", "quarantined", "expired"};

_Static_assert((int)OUTCOME_ERROR == (int)VERDICT_ERROR, "a verdict is the outcome of its name");

void tally_add(struct tally *tally, enum verdict verdict)
{
    if (verdict == VERDICT_PASS)
        tally->passed++;
    else if (verdict == VERDICT_ERROR)
        tally->errors++;
    else if (tally->runs == tally->passed + tally->errors)
        tally->first = verdict;
    tally->runs++;
}

bool tally_wants_retry(const struct tally *tally, unsigned retries, const struct quarantined *entry)
{
    return !entry && tally->runs <= retries && tally->passed == 0 && tally->errors == 0;
}

enum outcome outcome_decide(const struct tally *tally, const struct quarantined *entry)
{
    bool failed = tally->runs > tally->passed + tally->errors;
    if (!failed && (tally->errors || tally->runs == 0))
        return OUTCOME_ERROR;
    if (entry && entry->expired)
        return OUTCOME_EXPIRED;
    if (!failed)
        return OUTCOME_PASS;
    if (entry)
        return OUTCOME_QUARANTINED;
    return tally->passed ? OUTCOME_FLAKY : (enum outcome)tally->first;
}

const char *outcome_name(enum outcome outcome)
{
    return names[outcome];
}

bool outcome_parse(const char *name, enum outcome *out)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (enum outcome)i;
            return true;
        }
    return false;
}

bool outcome_fails(enum outcome outcome)
{
    return outcome != OUTCOME_PASS && outcome != OUTCOME_QUARANTINED;
}
