/* The scenarios of the project: the folders of scenarios/ that have a manifest.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"
#include "harness/manifest/manifest.h"
#include "harness/runner/options.h"

#include <stdbool.h>
#include <stddef.h>

struct scenario {
    char *name;
    char *manifest_path;
    struct manifest *manifest; /* NULL until suite_load(), or when it does not load */
    char *error;               /* why it does not */
};

struct suite {
    struct scenario *scenarios; /* sorted by name */
    size_t n;
    const char **names; /* the same order */
};

/* Finds the scenarios in the folder @scenarios. No manifest is read yet. */
bool suite_find(struct suite *, const char *scenarios, struct error *);
void suite_fini(struct suite *);

/* Reads a scenario's manifest, once; an error is kept in the scenario. */
void scenario_load(struct scenario *, const char *schema);

/* The scenario of that name; NULL with an error that lists close names. */
struct scenario *suite_get(const struct suite *, const char *name, struct error *);

/* What the options' names and tags select, loaded, sorted by name: a list for free(). A scenario
 * whose manifest does not load has no known tags; it is always selected, so that it is seen. NULL
 * on an unknown name. */
struct scenario **suite_select(const struct suite *, const struct options *, size_t *n,
                               struct error *);
