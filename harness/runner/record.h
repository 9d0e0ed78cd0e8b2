/* What a run of several scenarios left for the commands after it: build/scenarios/last.json.
 * SPDX-License-Identifier: Apache-2.0
 *
 * `run --failed` starts from it and updates it, so that what was repaired is not run again; the
 * report takes from it what no single run knows: flakiness and quarantine.
 */
#pragma once

#include "harness/base/error.h"
#include "harness/runner/outcome.h"

#include <stdbool.h>
#include <stddef.h>

struct record {
    char *name;
    enum outcome outcome;
    char *note;  /* NULL: none */
    char *shown; /* the name of the run folder to look at, NULL: none could be made */
    char *last;  /* the name of the run folder that was created last, NULL: none */
};

struct records {
    struct record *list;
    size_t n;
};

/* Reads BUILD/scenarios/last.json; an empty list when there is none. */
bool records_read(struct records *, const char *build, struct error *);
bool records_write(const struct records *, const char *build, struct error *);
void records_fini(struct records *);

const struct record *records_find(const struct records *, const char *name);

/* Adds a record, which is copied, or replaces the one of that name. */
void records_put(struct records *, const struct record *);
