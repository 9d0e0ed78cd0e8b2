/* Patterns that a scenario waits for in a stream.
 * SPDX-License-Identifier: Apache-2.0
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "harness/stream/match.h"

#include "harness/base/buffer.h"

#include <pcre2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_ALTERNATIVES = 16, MATCH_LIMIT = 1000000, LONGEST_LINE = 4 << 10 };

struct alternative {
    const char *literal; /* NULL for an expression */
    size_t literal_len;
    pcre2_code *code;
    size_t
        looked; /* everything before it is known not to start a match; 0: nothing looked at yet */
};

struct matcher {
    size_t n;
    struct alternative alternatives[MAX_ALTERNATIVES];
    pcre2_match_data *match_data;
    pcre2_match_context *context;
};

static bool compile(struct alternative *a, const struct pattern *p, struct error *err)
{
    if (!*p->text)
        return error_set(err, "an empty pattern matches everything");
    if (!p->regex) {
        a->literal = p->text;
        a->literal_len = strlen(p->text);
        return true;
    }
    int code;
    PCRE2_SIZE offset;
    a->code = pcre2_compile((PCRE2_SPTR)p->text, PCRE2_ZERO_TERMINATED, PCRE2_MULTILINE, &code,
                            &offset, NULL);
    if (a->code)
        return true;
    PCRE2_UCHAR message[128];
    pcre2_get_error_message(code, message, sizeof message);
    return error_set(err, "pattern /%s/: %s at offset %zu", p->text, (const char *)message, offset);
}

struct matcher *matcher_create(const struct pattern *patterns, size_t n, struct error *err)
{
    if (n == 0 || n > MAX_ALTERNATIVES) {
        error_set(err, "from 1 to %d alternatives, not %zu", MAX_ALTERNATIVES, n);
        return NULL;
    }
    struct matcher *m = calloc(1, sizeof *m);
    if (!m)
        abort();
    m->match_data = pcre2_match_data_create(1, NULL);
    m->context = pcre2_match_context_create(NULL);
    if (!m->match_data || !m->context)
        abort();
    pcre2_set_match_limit(m->context, MATCH_LIMIT);
    for (; m->n < n; m->n++) {
        if (!compile(&m->alternatives[m->n], &patterns[m->n], err)) {
            matcher_destroy(m);
            return NULL;
        }
    }
    return m;
}

void matcher_destroy(struct matcher *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->n; i++)
        pcre2_code_free(m->alternatives[i].code);
    pcre2_match_context_free(m->context);
    pcre2_match_data_free(m->match_data);
    free(m);
}

static bool find_literal(struct alternative *a, const char *data, size_t len, struct match *found)
{
    const char *at = memmem(data + a->looked, len - a->looked, a->literal, a->literal_len);
    if (!at) {
        /* The last bytes may be the beginning of a match that is still coming. */
        if (len - a->looked >= a->literal_len)
            a->looked = len - a->literal_len + 1;
        return false;
    }
    found->start = (size_t)(at - data);
    found->end = found->start + a->literal_len;
    return true;
}

/* A line without an end is taken for one every LONGEST_LINE bytes: it is not looked at for ever. `$` is the
 * end of a line that has ended, not of what there is of it. */
static bool find_regex(struct matcher *m, struct alternative *a, const char *data, size_t len,
                       struct match *found)
{
    while (a->looked < len) {
        const char *line = data + a->looked;
        const char *feed = memchr(line, '\n', len - a->looked);
        size_t line_len = feed ? (size_t)(feed - line) : len - a->looked;
        uint32_t options = feed ? 0 : PCRE2_NOTEOL;
        if (feed && line_len && line[line_len - 1] == '\r')
            line_len--;
        if (pcre2_match(a->code, (PCRE2_SPTR)line, line_len, 0, options, m->match_data,
                        m->context) >= 0) {
            const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(m->match_data);
            found->start = a->looked + ovector[0];
            found->end = a->looked + ovector[1];
            return true;
        }
        if (!feed && line_len < LONGEST_LINE)
            return false; /* look at this line again when more of it has come */
        a->looked = feed ? (size_t)(feed - data) + 1 : len;
    }
    return false;
}

bool matcher_find(struct matcher *m, const char *data, size_t from, size_t len, struct match *best)
{
    bool any = false;
    for (size_t i = 0; i < m->n; i++) {
        struct alternative *a = &m->alternatives[i];
        struct match found = {.which = i};
        if (a->looked < from)
            a->looked = from;
        bool matches =
            a->literal ? find_literal(a, data, len, &found) : find_regex(m, a, data, len, &found);
        if (matches && (!any || found.start < best->start))
            *best = found;
        any = any || matches;
    }
    return any;
}

bool match_line(const char *expression, const char *line, bool *matches, struct error *err)
{
    struct match match;
    struct matcher *m =
        matcher_create(&(struct pattern){.text = expression, .regex = true}, 1, err);
    if (!m)
        return false;
    char *whole = format_text("%s\n", line); /* so that `$` matches its end */
    *matches = matcher_find(m, whole, 0, strlen(whole), &match);
    free(whole);
    matcher_destroy(m);
    return true;
}
