/* Quarantine: failures that are known, for a limited time.
 * SPDX-License-Identifier: Apache-2.0
 *
 * scenarios/quarantine.json is a list of {"name", "reason", "expires": "YYYY-MM-DD"}. A quarantined
 * scenario still runs; up to and including that day (UTC) its failure is reported with the reason
 * and does not fail the suite. From the next day on the entry itself fails the suite, so that
 * nobody forgets it. A day may be at most 90 days ahead: quarantine is a promise, not a place.
 */
#pragma once

#include "harness/base/error.h"

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#define QUARANTINE_DAYS 90

struct quarantined {
    char *name;
    char *reason;
    char *expires; /* as written */
    bool expired;
};

struct quarantine {
    struct quarantined *entries;
    size_t n;
};

/* Fills @q from @list, refusing an entry that is malformed, stands twice, names none of the @n
 * scenarios @names, has no reason or goes too far ahead of @today (days since 1970-01-01, UTC). The
 * error names the entry, counted from 1. */
bool quarantine_parse(struct quarantine *q, struct json_object *list, const char *const names[],
                      size_t n, long today, struct error *);
void quarantine_fini(struct quarantine *);

/* The entry of a scenario, or NULL. */
const struct quarantined *quarantine_find(const struct quarantine *, const char *name);

/* Days since 1970-01-01 of a date YYYY-MM-DD that exists; false otherwise. */
bool day_parse(const char *text, long *day);

/* The same for a moment. */
long day_of(time_t when);
