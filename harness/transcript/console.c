/* Console logs as transcripts.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/pattern.h"
#include "harness/stream/kernel_log.h"
#include "harness/transcript/normalise.h"

#include <stdlib.h>
#include <string.h>

/* A line of the log, in parts. */
struct entry {
    const char *source; /* NULL: a line without one */
    size_t source_len;
    const char *text; /* what the transcript shows */
    size_t len;
    bool cut; /* the last one, without a line feed */
};

struct entries {
    struct entry *at;
    size_t n;
    size_t capacity;
};

static void add_entry(struct entries *all, struct entry entry)
{
    if (all->n == all->capacity) {
        all->capacity = all->capacity ? 2 * all->capacity : 256;
        all->at = realloc(all->at, all->capacity * sizeof *all->at);
        if (!all->at)
            abort();
    }
    all->at[all->n++] = entry;
}

/* Splits "[seconds] source: text" if the line has that form. */
static void split_source(struct entry *e)
{
    struct log_line line;
    if (!log_line_parse(e->text, e->len, &line))
        return;
    e->source = line.source;
    e->source_len = line.source_len;
    e->text = line.text;
    e->len = line.text_len;
}

static void read_entries(const char *log, size_t len, bool by_source, struct entries *all)
{
    const char *end = log + len;
    while (log < end) {
        const char *feed = memchr(log, '\n', (size_t)(end - log));
        struct entry e = {.text = log, .len = (size_t)((feed ? feed : end) - log), .cut = !feed};
        while (feed && e.len && e.text[e.len - 1] == '\r')
            e.len--;
        if (by_source)
            split_source(&e);
        add_entry(all, e);
        log = feed ? feed + 1 : end;
    }
}

static int compare_sources(const struct entry *a, const struct entry *b)
{
    size_t len = a->source_len < b->source_len ? a->source_len : b->source_len;
    int order = len ? memcmp(a->source, b->source, len) : 0;
    if (order)
        return order;
    return (a->source_len > b->source_len) - (a->source_len < b->source_len);
}

/* By source, none first (its length is 0), and then as they stood in the log. */
static int compare(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    int order = compare_sources(a, b);
    return order ? order : (a->text > b->text) - (a->text < b->text);
}

/* A line of text that looks like a heading or like the mark at the end is told apart by a
 * backslash, so that no program can print itself into another's group. */
static bool write_entry(struct normaliser *n, const struct entry *e, struct buffer *out,
                        struct error *err)
{
    if (e->len >= 2 && (memcmp(e->text, "==", 2) == 0 || memcmp(e->text, "\\ ", 2) == 0))
        buffer_add_char(out, '\\');
    if (!normalise_line(n, e->text, e->len, out, err))
        return false;
    buffer_add_text(out, e->cut ? "\n\\ no line feed at the end\n" : "\n");
    return true;
}

bool transcript_console(struct normaliser *n, const char *log, size_t len, bool by_source,
                        struct buffer *out, struct error *err)
{
    struct entries all = {0};
    bool ok = true;
    read_entries(log, len, by_source, &all);
    if (all.n)
        qsort(all.at, all.n, sizeof *all.at, compare);
    for (size_t i = 0; ok && i < all.n; i++) {
        const struct entry *e = &all.at[i];
        if (e->source && (i == 0 || compare_sources(e, e - 1) != 0))
            buffer_printf(out, "%s== %.*s\n", i ? "\n" : "", (int)e->source_len, e->source);
        ok = write_entry(n, e, out, err);
    }
    free(all.at);
    return ok;
}

bool transcript_beginning(const char *pattern, const char *log, size_t len, size_t *start,
                          struct error *err)
{
    struct pattern *compiled = pattern_compile(pattern, err);
    struct span whole;
    enum pattern_result result = PATTERN_FAILED;
    if (compiled)
        result = pattern_find(compiled, log, len, 0, true, &whole, NULL, err);
    *start = result == PATTERN_MATCH ? whole.start : 0;
    pattern_free(compiled);
    return result != PATTERN_FAILED || error_prefix(err, "where the transcript begins");
}
