/* The judgement on a scenario's process that has ended.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/judge.h"

#include "harness/base/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <time.h>

#define LOG_TAIL_LINES 20
#define LOG_LIMIT      (64u << 20)
#define REJECTED       "result-rejected.json"

/* The last lines of harness.log: what the harness said before it died. */
static char *log_tail(const char *folder)
{
    char *path = format_text("%s/harness.log", folder);
    struct buffer log = {0};
    char *tail = NULL;
    if (file_read(path, LOG_LIMIT, &log, NULL) && log.len) {
        const char *text = log.data, *p = text + log.len;
        for (unsigned lines = 0; p > text; p--)
            if (p[-1] == '\n' && p != text + log.len && ++lines == LOG_TAIL_LINES)
                break;
        tail = format_text("the last lines of harness.log:\n%s", p);
    }
    buffer_fini(&log);
    free(path);
    return tail;
}

static char *utc_before(double seconds)
{
    char text[32];
    struct tm utc;
    time_t when = time(NULL) - (time_t)seconds;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&when, &utc));
    return copy_text(text);
}

static void copy_tags(struct result *result, const struct manifest *m)
{
    result->tags = calloc(m->n_tags + 1, sizeof *result->tags);
    if (!result->tags)
        abort();
    for (size_t i = 0; i < m->n_tags; i++)
        result->tags[result->n_tags++] = copy_text(m->tags[i]);
}

static void list_file(struct result *result, const char *folder, const char *name)
{
    char *path = format_text("%s/%s", folder, name);
    if (file_exists(path))
        result->files[result->n_files++] = copy_text(name);
    free(path);
}

static void list_files(struct result *result, const char *folder)
{
    result->files = calloc(2, sizeof *result->files);
    if (!result->files)
        abort();
    list_file(result, folder, "harness.log");
    list_file(result, folder, REJECTED);
}

/* What the scenario wrote is kept for who wants to know how it came to that. */
static void reject(const char *folder)
{
    char *path = format_text("%s/result.json", folder);
    char *rejected = format_text("%s/" REJECTED, folder);
    rename(path, rejected);
    free(rejected);
    free(path);
}

struct result *judge_error(const struct scenario *scenario, const char *folder, double seconds,
                           const char *expected, const char *came)
{
    struct result *result = calloc(1, sizeof *result);
    if (!result)
        abort();
    const struct manifest *m = scenario->manifest;
    result->scenario = copy_text(scenario->name);
    result->summary = copy_text(m && m->summary ? m->summary : "");
    result->run = copy_text(folder ? folder : "");
    result->started = utc_before(seconds);
    result->seconds = seconds;
    result->verdict = VERDICT_ERROR;
    result->expected = copy_text(expected);
    result->came = copy_text(came);
    result->repeat = format_text("make scenario NAME=%s", scenario->name);
    if (m)
        copy_tags(result, m);
    if (folder) {
        result->diagnosis = log_tail(folder);
        reject(folder);
        list_files(result, folder);
        /* That this fails too is no new error: the run is one already. */
        result_write(result, folder, NULL);
    }
    return result;
}

static int status_of(enum verdict verdict)
{
    return verdict == VERDICT_PASS ? 0 : verdict == VERDICT_ERROR ? 2 : 1;
}

/* A full disk takes away the result and the log that would have said so. */
static bool disk_full(const char *folder)
{
    enum { LEAST = 1 << 20 };
    struct statvfs disk;
    return folder && statvfs(folder, &disk) == 0 &&
           (unsigned long long)disk.f_bavail * disk.f_frsize < LEAST;
}

/* What is wrong with the ending, as a sentence in new memory; NULL when nothing is. */
static char *complaint(const struct scenario *scenario, const char *folder, const struct ending *e,
                       const struct result *result, const char *unreadable)
{
    if (e->stop == STOP_INTERRUPT)
        return copy_text("the runner was interrupted and stopped it");
    if (e->stop == STOP_CEILING)
        return format_text("it still ran after %u s and was stopped: its own limit did not end it",
                           e->ceiling);
    if (WIFSIGNALED(e->status))
        return format_text("the harness itself died: signal %d (%s)", WTERMSIG(e->status),
                           strsignal(WTERMSIG(e->status)));
    int status = WEXITSTATUS(e->status);
    if (!result && disk_full(folder))
        return format_text("the disk of %s is full: free some space (`make clean` removes build/) "
                           "and run again",
                           folder);
    if (!result)
        return format_text("the harness itself died: exit status %d, and %s", status, unreadable);
    if (strcmp(result->scenario, scenario->name))
        return format_text("result.json is of the scenario \"%s\"", result->scenario);
    if (status != status_of(result->verdict))
        return format_text("the harness contradicts itself: exit status %d, but result.json says "
                           "%s",
                           status, verdict_name(result->verdict));
    return NULL;
}

/* The log tells more, unless a person has seen it on the terminal instead. */
static char *point_to_log(char *came, const char *folder)
{
    char *log = format_text("%s/harness.log", folder);
    char *more = format_text("%s%s", came, file_exists(log) ? "; see harness.log" : "");
    free(log);
    free(came);
    return more;
}

struct result *judge_ending(const struct scenario *scenario, const char *folder,
                            const struct ending *e)
{
    struct error err = {0};
    struct result *result = result_read(folder, &err);
    char *came = complaint(scenario, folder, e, result, err.text);
    if (!came)
        return result;
    came = point_to_log(came, folder);
    result_free(result);
    result =
        judge_error(scenario, folder, e->seconds,
                    "the scenario's program ends by itself, with its verdict in result.json", came);
    free(came);
    return result;
}
