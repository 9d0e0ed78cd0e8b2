/* The report of a suite: build/report/index.html for people, build/report/junit.xml for CI
 * services.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"
#include "harness/runner/outcome.h"
#include "harness/runner/record.h"
#include "harness/runner/suite.h"

#include <stdbool.h>
#include <stddef.h>

/* One scenario as the report shows it. */
struct entry {
    const char *name;
    enum outcome outcome;
    char *note;            /* NULL: none */
    char *folder;          /* of the run shown, as it can be opened; NULL: none */
    char *link;            /* the same, relative to the report */
    struct result *result; /* never NULL */
};

struct report {
    struct entry *entries; /* sorted by name */
    size_t n;
    const char **missing; /* scenarios that never ran */
    size_t n_missing;
    const char *made;  /* when, for people */
    const char *bench; /* the file of the last benchmarks, which need not exist; NULL: none */
};

/* Writes both files from @records; for each scenario of @suite (NULL: of @records only) that ran
 * again since, or is not in them, from its latest run. */
bool report_write(const struct suite *suite, const struct records *records, const char *build,
                  struct error *);

/* The parts, for tests: the page, and the JUnit document. */
void report_page(const struct report *, struct buffer *out);
void report_junit(const struct report *, struct buffer *out);
