/* Messages of any type, from and to JSON.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>

/* JSON as in capnp_json/json.h; messages of one segment without a table, or with it. Those that are
 * written are canonical. */
enum format { FORMAT_JSON, FORMAT_FLAT, FORMAT_FRAMED };

struct conversion {
    const char *schema, *type; /* a file, and the name of a struct in it or its imports */
    const char *in, *out;      /* files; NULL: standard input, standard output */
    enum format from, to;
    const char *const *imports; /* folders, ending in NULL */
};

bool convert(const struct conversion *, struct error *);
