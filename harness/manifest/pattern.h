/* Regular expressions (PCRE2) with limits on what a match may cost.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "harness/base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct pattern;

/* Part of a subject, in bytes. */
struct span {
    size_t start;
    size_t end;
};

enum pattern_result {
    PATTERN_MATCH,
    PATTERN_NONE,
    PATTERN_FAILED, /* the match ran into a limit; the error says which */
};

/* "$" means the very end of the subject, never the line feed before it. NULL when @text is no
 * pattern; the error says why and at which byte. */
struct pattern *pattern_compile(const char *text, struct error *);
void pattern_free(struct pattern *);

/* Looks for the first match at or after @start. @whole becomes what matched, @part the pattern's
 * first group if it has one (empty when it took no part) and else the same; either may be NULL.
 * @line_start: whether "^" matches at the subject's first byte. */
enum pattern_result pattern_find(const struct pattern *, const char *subject, size_t len,
                                 size_t start, bool line_start, struct span *whole,
                                 struct span *part, struct error *);
