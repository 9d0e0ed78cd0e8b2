/* The report of a suite: which runs it shows.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/report.h"

#include "harness/base/files.h"
#include "harness/runner/commands.h"
#include "harness/runner/folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A run that cannot be read must not vanish from the report. */
static struct result *unreadable(const char *name, const char *why)
{
    struct result *result = calloc(1, sizeof *result);
    if (!result)
        abort();
    result->scenario = copy_text(name);
    result->summary = copy_text("");
    result->run = copy_text("");
    result->started = copy_text("");
    result->verdict = VERDICT_ERROR;
    result->came = copy_text(why);
    return result;
}

/* Adds the run folder @run (a name, NULL: none) of a scenario. */
static struct entry *add(struct report *report, const char *build, const char *name,
                         const char *run)
{
    struct error err = {.text = "no run folder could be made"};
    struct entry entry = {.name = name};
    if (run) {
        entry.folder = format_text("%s/scenarios/%s/%s", build, name, run);
        entry.link = format_text("../scenarios/%s/%s", name, run);
        entry.result = result_read(entry.folder, &err);
    }
    if (!entry.result)
        entry.result = unreadable(name, err.text);
    entry.outcome = (enum outcome)entry.result->verdict;
    report->entries = realloc(report->entries, (report->n + 1) * sizeof *report->entries);
    if (!report->entries)
        abort();
    report->entries[report->n] = entry;
    return &report->entries[report->n++];
}

static void add_record(struct report *report, const char *build, const struct record *record)
{
    struct entry *entry = add(report, build, record->name, record->shown);
    entry->outcome = record->outcome;
    entry->note = copy_text(record->note);
}

static void add_missing(struct report *report, const char *name)
{
    report->missing = realloc(report->missing, (report->n_missing + 1) * sizeof *report->missing);
    if (!report->missing)
        abort();
    report->missing[report->n_missing++] = name;
}

/* The record stands for a scenario unless it ran again since; a run in progress has no result. */
static void add_current(struct report *report, const char *build, const char *name,
                        const struct record *record)
{
    char *latest = run_folder_latest(build, name);
    bool newer = latest && !run_folder_busy(latest) &&
                 (!record || !record->last || strcmp(record->last, path_base(latest)));
    if (newer)
        add(report, build, name, path_base(latest));
    else if (record)
        add_record(report, build, record);
    else
        add_missing(report, name);
    free(latest);
}

static int by_name(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static bool write_parts(const struct report *report, const char *build, struct error *err)
{
    char *folder = format_text("%s/report", build);
    char *page = format_text("%s/index.html", folder), *junit = format_text("%s/junit.xml", folder);
    struct buffer html = {0}, xml = {0};
    report_page(report, &html);
    report_junit(report, &xml);
    bool ok = folder_make(folder, err) && file_write(page, html.data, html.len, err) &&
              file_write(junit, xml.data, xml.len, err);
    buffer_fini(&html);
    buffer_fini(&xml);
    free(page);
    free(junit);
    free(folder);
    return ok;
}

static void report_fini(struct report *report)
{
    for (size_t i = 0; i < report->n; i++) {
        free(report->entries[i].note);
        free(report->entries[i].folder);
        free(report->entries[i].link);
        result_free(report->entries[i].result);
    }
    free(report->entries);
    free(report->missing);
}

bool report_write(const struct suite *suite, const struct records *records, const char *build,
                  struct error *err)
{
    char made[32];
    struct tm utc;
    time_t now = time(NULL);
    strftime(made, sizeof made, "%Y-%m-%d %H:%M UTC", gmtime_r(&now, &utc));
    char *bench = format_text("%s/bench/bench.json", build);
    struct report report = {.made = made, .bench = bench};
    for (size_t i = 0; suite && i < suite->n; i++)
        add_current(&report, build, suite->names[i], records_find(records, suite->names[i]));
    for (size_t i = 0; !suite && i < records->n; i++)
        add_record(&report, build, &records->list[i]);
    if (report.n)
        qsort(report.entries, report.n, sizeof *report.entries, by_name);
    bool ok = write_parts(&report, build, err);
    report_fini(&report);
    free(bench);
    return ok;
}

int command_report(const struct options *options, const struct suite *suite)
{
    struct error err = {0};
    struct records records;
    if (!records_read(&records, options->out, &err))
        return command_error(err.text);
    bool ok = report_write(suite, &records, options->out, &err);
    records_fini(&records);
    if (!ok)
        return command_error(err.text);
    printf("%s/report/index.html\n%s/report/junit.xml\n", options->out, options->out);
    return EXIT_PASSED;
}
