/* The runner's command line.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"
#include "harness/runner/select.h"

#include <stdbool.h>
#include <stddef.h>

struct options {
    const char *command;
    char **names; /* inside the argument vector */
    size_t n_names;
    char **extra; /* what follows "--": handed on to the scenario */
    size_t n_extra;

    const char *scenarios, *goldens, *schema; /* folders, and the manifests' schema */
    const char *build;                        /* what was built: kernel, libvirt's slots */
    const char *programs;                     /* the scenarios' programs */
    char *own_programs;                       /* its default, in our memory */
    const char *out;                          /* where run folders and reports go */

    const char *tag_text; /* as given; NULL without --tags */
    struct tag_filter tags;
    bool failed;
    unsigned shard, shards; /* 1/1: everything */

    unsigned jobs, repeat, keep;
    int retry;        /* -1: as many as the number of scenarios suggests */
    unsigned ceiling; /* seconds that a scenario may outlive its own limit */

    bool accept, accept_all, watch, debug, interactive;
};

/* Parses the arguments after the program's name. False on bad usage. */
bool options_parse(struct options *, int argc, char **argv, struct error *);
void options_fini(struct options *);

/* Whether a person is at the scenario: it has the terminal, or is watched. Then one scenario runs,
 * and its output is not kept in harness.log. */
bool options_attended(const struct options *);

/* The full help text. */
extern const char options_help[];
