/* The report's page: totals on top, one line per scenario, what needs attention first.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It needs neither a network nor a script; the script only filters. Everything that a guest or a
 * scenario wrote is escaped.
 */
#include "harness/runner/page.h"
#include "harness/base/xml.h"

#include <stdlib.h>
#include <string.h>

/* Outcomes as the page tells them apart: one class and colour each. */
static const struct {
    enum outcome outcome;
    const char *word;
} kinds[] = {
    {OUTCOME_FAIL, "failed"},
    {OUTCOME_PANIC, "panicked"},
    {OUTCOME_RESET, "reset"},
    {OUTCOME_HANG, "hung"},
    {OUTCOME_ERROR, "error"},
    {OUTCOME_FLAKY, "flaky"},
    {OUTCOME_EXPIRED, "quarantine expired"},
    {OUTCOME_QUARANTINED, "quarantined"},
    {OUTCOME_PASS, "passed"},
};

#define KINDS (sizeof kinds / sizeof *kinds)

static size_t count(const struct report *report, enum outcome outcome)
{
    size_t n = 0;
    for (size_t i = 0; i < report->n; i++)
        n += report->entries[i].outcome == outcome;
    return n;
}

static size_t count_failed(const struct report *report)
{
    size_t failed = 0;
    for (size_t i = 0; i < report->n; i++)
        failed += outcome_fails(report->entries[i].outcome);
    return failed;
}

static void add_headline(struct buffer *b, const struct report *report)
{
    size_t failed = count_failed(report), passed = count(report, OUTCOME_PASS);
    double seconds = 0;
    for (size_t i = 0; i < report->n; i++)
        seconds += report->entries[i].result->seconds;
    buffer_printf(b, "<header class=\"%s\">\n<p class=\"eyebrow\">capOS scenarios</p>\n<h1>",
                  failed ? "bad" : "good");
    if (report->n == 0)
        buffer_add_text(b, "Nothing ran yet");
    else if (failed == 0)
        buffer_printf(b, passed == report->n ? "All %zu passed" : "%zu passed, none failed",
                      passed);
    else
        buffer_printf(b, "%zu of %zu failed", failed, report->n);
    buffer_add_text(b, "</h1>\n<p class=\"made\">");
    buffer_add_xml(b, report->made);
    buffer_printf(b, " · %.1f s of scenario time</p>\n", seconds);
}

static void add_bar(struct buffer *b, const struct report *report)
{
    buffer_add_text(b, "<div class=\"bar\" aria-hidden=\"true\">");
    for (size_t i = KINDS; i-- > 0;) {
        size_t n = count(report, kinds[i].outcome);
        if (n)
            buffer_printf(b, "<span class=\"%s\" style=\"flex-grow:%zu\"></span>",
                          outcome_name(kinds[i].outcome), n);
    }
    buffer_add_text(b, "</div>\n<ul class=\"legend\">\n");
    for (size_t i = KINDS; i-- > 0;) {
        size_t n = count(report, kinds[i].outcome);
        if (n)
            buffer_printf(b, "<li class=\"%s\"><b>%zu</b> %s</li>\n",
                          outcome_name(kinds[i].outcome), n, kinds[i].word);
    }
    buffer_add_text(b, "</ul>\n</header>\n");
}

static void add_missing(struct buffer *b, const struct report *report)
{
    if (!report->n_missing)
        return;
    buffer_add_text(b, "<p class=\"missing\"><b>Never ran here:</b> ");
    for (size_t i = 0; i < report->n_missing; i++) {
        buffer_add_text(b, i ? ", " : "");
        buffer_add_xml(b, report->missing[i]);
    }
    buffer_add_text(b, "</p>\n");
}

/* Hidden until the script finds it: without one it would do nothing. */
static void add_filter(struct buffer *b)
{
    buffer_add_text(b, "<form id=\"filter\" hidden>\n"
                       "<label>Find <input type=\"search\" placeholder=\"name or tag\"></label>\n"
                       "<label><input type=\"checkbox\"> only what did not pass</label>\n"
                       "<output aria-live=\"polite\"></output>\n</form>\n");
}

static void add_tags(struct buffer *b, const struct result *result)
{
    buffer_add_text(b, "<span class=\"tags\">");
    for (size_t i = 0; i < result->n_tags; i++) {
        buffer_add_text(b, "<span>");
        buffer_add_xml(b, result->tags[i]);
        buffer_add_text(b, "</span> ");
    }
    buffer_add_text(b, "</span>");
}

/* The bar's darker part is the harness's own share: the time until the machine ran. */
static void add_duration(struct buffer *b, const struct result *result, double longest)
{
    double whole = longest > 0 ? 100 * result->seconds / longest : 0;
    double start = result->seconds > 0 ? 100 * result->start_seconds / result->seconds : 0;
    buffer_printf(
        b,
        "<span class=\"time\" title=\"%.2f s of it until the machine ran\">"
        "<span class=\"track\"><span style=\"width:%.1f%%\"><i style=\"width:%.1f%%\"></i>"
        "</span></span><span class=\"seconds\">%.2f s</span></span>",
        result->start_seconds, whole, start < 100 ? start : 100, result->seconds);
}

static void add_entry(struct buffer *b, const struct entry *entry, double longest, bool open)
{
    const char *outcome = outcome_name(entry->outcome);
    buffer_printf(b, "<details class=\"entry %s\" id=\"", outcome);
    buffer_add_xml(b, entry->name);
    buffer_printf(b, "\"%s>\n<summary><span class=\"pill %s\">%s</span> <h2>", open ? " open" : "",
                  outcome, outcome);
    buffer_add_xml(b, entry->name);
    buffer_add_text(b, "</h2> <span class=\"gist\">");
    buffer_add_xml(b, entry->result->summary);
    buffer_add_text(b, "</span> ");
    add_tags(b, entry->result);
    buffer_add_char(b, ' ');
    add_duration(b, entry->result, longest);
    buffer_add_text(b, "</summary>\n<div class=\"body\">\n");
    page_add_details(b, entry);
    buffer_add_text(b, "</div>\n</details>\n");
}

static double longest(const struct report *report)
{
    double most = 0;
    for (size_t i = 0; i < report->n; i++)
        if (report->entries[i].result->seconds > most)
            most = report->entries[i].result->seconds;
    return most;
}

/* A single failure is unfolded; several would hide each other. */
static void add_entries(struct buffer *b, const struct report *report)
{
    double most = longest(report);
    bool single = count_failed(report) == 1;
    buffer_add_text(b, "<main>\n");
    for (size_t k = 0; k < KINDS; k++)
        for (size_t i = 0; i < report->n; i++)
            if (report->entries[i].outcome == kinds[k].outcome)
                add_entry(b, &report->entries[i], most, single && outcome_fails(kinds[k].outcome));
    buffer_add_text(b, "</main>\n");
}

void report_page(const struct report *report, struct buffer *b)
{
    buffer_printf(b,
                  "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
                  "<title>capOS scenarios</title>\n<style>\n%s</style>\n</head>\n<body>\n",
                  page_style);
    add_headline(b, report);
    add_bar(b, report);
    add_missing(b, report);
    add_filter(b);
    add_entries(b, report);
    if (report->bench)
        page_add_bench(b, report->bench);
    buffer_printf(b, "<script>\n%s</script>\n</body>\n</html>\n", page_script);
}
