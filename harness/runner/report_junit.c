/* The report of a suite as JUnit XML.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/xml.h"
#include "harness/runner/report.h"

#include <stdio.h>

static void add_skipped(const struct entry *entry, struct buffer *out)
{
    buffer_add_text(out, "  <testcase classname=\"scenarios\" name=\"");
    buffer_add_xml(out, entry->name);
    buffer_printf(
        out, "\" time=\"%.3f\">\n    <skipped message=\"quarantined: ", entry->result->seconds);
    buffer_add_xml(out, entry->note);
    buffer_add_text(out, "\"/>\n  </testcase>\n");
}

/* The run's own result, but for outcomes that no single run has: those say so. */
static void add_case(const struct entry *entry, struct buffer *out)
{
    struct result shown = *entry->result; /* borrows everything */
    struct buffer came = {0};
    if (entry->outcome == OUTCOME_FLAKY || entry->outcome == OUTCOME_EXPIRED) {
        if (shown.verdict == VERDICT_PASS || shown.verdict == VERDICT_ERROR)
            shown.verdict = VERDICT_FAIL;
        buffer_printf(&came, "%s: %s%s%s", outcome_name(entry->outcome),
                      entry->note ? entry->note : "", shown.came ? "\n" : "",
                      shown.came ? shown.came : "");
        shown.came = came.data;
    }
    result_junit_case(&shown, out);
    buffer_fini(&came);
}

void report_junit(const struct report *report, struct buffer *out)
{
    size_t failures = 0, errors = 0, skipped = 0;
    double seconds = 0;
    for (size_t i = 0; i < report->n; i++) {
        enum outcome outcome = report->entries[i].outcome;
        errors += outcome == OUTCOME_ERROR;
        skipped += outcome == OUTCOME_QUARANTINED;
        failures += outcome_fails(outcome) && outcome != OUTCOME_ERROR;
        seconds += report->entries[i].result->seconds;
    }
    buffer_printf(out,
                  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<testsuite name=\"scenarios\" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
                  "skipped=\"%zu\" time=\"%.3f\">\n",
                  report->n, failures, errors, skipped, seconds);
    for (size_t i = 0; i < report->n; i++)
        if (report->entries[i].outcome == OUTCOME_QUARANTINED)
            add_skipped(&report->entries[i], out);
        else
            add_case(&report->entries[i], out);
    buffer_add_text(out, "</testsuite>\n");
}
