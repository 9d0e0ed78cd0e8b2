/* Patterns that a scenario waits for in a stream: literal text, regular expressions, alternatives.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Pure: looks at bytes and remembers how far it has looked, so that waiting on a long stream costs
 * each byte once. A regular expression is tried line by line (a prompt without a line feed counts
 * as a line, but `$` matches only where a line has ended); a literal may span lines.
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct pattern {
    const char *text;
    bool regex; /* PCRE2 syntax; otherwise literal */
};

struct matcher;

/* A matcher for the earliest of @n alternatives (at most 16; of two at the same place, the first).
 * NULL with an error when an expression does not compile. */
struct matcher *matcher_create(const struct pattern *patterns, size_t n, struct error *);
void matcher_destroy(struct matcher *);

struct match {
    size_t which;      /* index of the alternative */
    size_t start, end; /* offsets into the data */
};

/* Looks for a match in data[from..len); @from must be the same at each call, @len may only grow. An
 * expression that exceeds PCRE2's match limit counts as not matching that line. */
bool matcher_find(struct matcher *, const char *data, size_t from, size_t len, struct match *);

/* Whether the regular expression matches in this line, given without its end. False with an error
 * when it does not compile. */
bool match_line(const char *expression, const char *line, bool *matches, struct error *);
