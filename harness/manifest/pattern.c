/* Regular expressions with limits.
 * SPDX-License-Identifier: Apache-2.0
 */
#define PCRE2_CODE_UNIT_WIDTH 8

#include "harness/manifest/pattern.h"

#include <pcre2.h>
#include <stdlib.h>

/* Per starting position. A sensible pattern on a line of a few kilobytes needs some thousands; a
 * pattern that backtracks without end reaches this within milliseconds. */
#define STEPS_MAX    100000
#define HEAP_MAX_KIB 16384

struct pattern {
    pcre2_code *code;
    pcre2_match_context *limits;
    pcre2_match_data *found;
};

struct pattern *pattern_compile(const char *text, struct error *err)
{
    int reason;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, PCRE2_DOLLAR_ENDONLY,
                                     &reason, &offset, NULL);
    if (!code) {
        char why[256];
        pcre2_get_error_message(reason, (PCRE2_UCHAR *)why, sizeof why);
        error_set(err, "%s, at byte %zu", why, (size_t)offset);
        return NULL;
    }
    struct pattern *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->code = code;
    p->limits = pcre2_match_context_create(NULL);
    p->found = pcre2_match_data_create_from_pattern(code, NULL);
    if (!p->limits || !p->found)
        abort();
    pcre2_set_match_limit(p->limits, STEPS_MAX);
    pcre2_set_depth_limit(p->limits, STEPS_MAX);
    pcre2_set_heap_limit(p->limits, HEAP_MAX_KIB);
    return p;
}

void pattern_free(struct pattern *p)
{
    if (!p)
        return;
    pcre2_match_data_free(p->found);
    pcre2_match_context_free(p->limits);
    pcre2_code_free(p->code);
    free(p);
}

/* Group @i as a span; empty when it is not set or, after \K, ends before it starts. */
static struct span group(const struct pattern *p, unsigned i)
{
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->found) + 2 * i;
    if (at[0] == PCRE2_UNSET || at[0] > at[1])
        return (struct span){0, 0};
    return (struct span){at[0], at[1]};
}

enum pattern_result pattern_find(const struct pattern *p, const char *subject, size_t len,
                                 size_t start, bool line_start, struct span *whole,
                                 struct span *part, struct error *err)
{
    int rc = pcre2_match(p->code, (PCRE2_SPTR)subject, len, start, line_start ? 0 : PCRE2_NOTBOL,
                         p->found, p->limits);
    if (rc == PCRE2_ERROR_NOMATCH)
        return PATTERN_NONE;
    if (rc < 0) {
        char why[256];
        pcre2_get_error_message(rc, (PCRE2_UCHAR *)why, sizeof why);
        error_set(err, "%s", why);
        return PATTERN_FAILED;
    }
    if (whole)
        *whole = group(p, 0);
    if (part)
        *part = group(p, pcre2_get_ovector_count(p->found) > 1 ? 1 : 0);
    return PATTERN_MATCH;
}
