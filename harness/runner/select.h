/* Which scenarios a command means: tag expressions, and names close to a mistyped one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A tag expression is a list of tags with commas between them: "net,disk,-slow". A tag without a
 * minus is wanted: a scenario needs any one of them (all scenarios, when none is wanted). A tag
 * with a minus is unwanted: a scenario must have none of them. So "net,disk,-slow" is "about the
 * network or disks, and not slow".
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct tag_filter {
    char **wanted;
    size_t n_wanted;
    char **unwanted;
    size_t n_unwanted;
};

/* Parses @expression (NULL: everything). False when it has an empty tag or a character that no tag
 * has; the filter is empty then. */
bool tag_filter_parse(struct tag_filter *, const char *expression, struct error *);
void tag_filter_fini(struct tag_filter *);

bool tag_filter_matches(const struct tag_filter *, const char *const tags[], size_t n_tags);

/* Whether @name can be a scenario's name or a tag: lower-case letters, digits, '-' and '_', not
 * beginning with '-'. */
bool name_valid(const char *name);

/* Fills @close with up to @most of @names that @name may have been meant for, closest first, ties
 * in the order of @names. Returns how many. */
size_t names_close(const char *name, const char *const names[], size_t n, const char *close[],
                   size_t most);
