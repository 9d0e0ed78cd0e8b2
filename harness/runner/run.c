/* The command `run`.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/base/buffer.h"
#include "harness/base/files.h"
#include "harness/runner/commands.h"
#include "harness/runner/durations.h"
#include "harness/runner/plan.h"
#include "harness/runner/progress.h"
#include "harness/runner/record.h"
#include "harness/runner/report.h"
#include "harness/runner/schedule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
    const struct options *options;
    const struct suite *suite;
    struct quarantine quarantine;
    struct screen screen;
    struct task *tasks;
    size_t n;
    size_t width; /* of the longest name */
};

static void print_task(const struct task *task, void *context)
{
    struct run *run = context;
    struct buffer lines = {0};
    progress_add(&lines, &run->screen, task, run->width, run->n == 1 || run->options->accept);
    screen_print(&run->screen, &lines);
    buffer_fini(&lines);
}

static void print_summary(struct run *run)
{
    struct buffer lines = {0};
    progress_add_summary(&lines, &run->screen, run->tasks, run->n);
    screen_print(&run->screen, &lines);
    buffer_fini(&lines);
}

static bool prepare(struct run *run, struct error *err)
{
    const struct options *o = run->options;
    if (!plan_quarantine(&run->quarantine, run->suite, o, err))
        return false;
    struct scenario **list = plan_select(run->suite, o, &run->n, err);
    if (!list)
        return false;
    for (size_t i = 0; i < run->n; i++)
        if (strlen(list[i]->name) > run->width)
            run->width = strlen(list[i]->name);
    if (options_attended(o) && run->n > 1)
        error_set(err, "--watch, --debug and --interactive take one scenario; %zu are selected",
                  run->n);
    else
        run->tasks = plan_tasks(list, run->n, o, &run->quarantine, err);
    free(list);
    return run->tasks != NULL;
}

/* How many runs a failure is worth: one more tells flaky from broken, but not when a person looks
 * at it, and not when the first run has changed the goldens. */
static unsigned retries(const struct run *run)
{
    if (run->options->repeat > 1 || run->options->accept || options_attended(run->options))
        return 0;
    return run->options->retry >= 0 ? (unsigned)run->options->retry : run->n > 1;
}

/* Another suite may do the same at once: a measurement may then be lost, never the file. */
static bool save_durations(const struct run *run, struct error *err)
{
    char *path = plan_measured(run->options);
    struct json_object *set = durations_read(path, err);
    bool ok = set != NULL;
    for (size_t i = 0; ok && i < run->n; i++)
        if (task_outcome(&run->tasks[i]) == OUTCOME_PASS)
            durations_set(set, run->tasks[i].scenario->name, run->tasks[i].shown.result->seconds,
                          3);
    ok = ok && durations_write(set, path, err);
    json_object_put(set);
    free(path);
    return ok;
}

static const char *folder_name(const char *path)
{
    return path ? path_base(path) : NULL;
}

static void record_tasks(const struct run *run, struct records *records)
{
    for (size_t i = 0; i < run->n; i++) {
        const struct task *task = &run->tasks[i];
        struct record r = {.name = task->scenario->name,
                           .outcome = task_outcome(task),
                           .note = task_note(task),
                           .shown = (char *)folder_name(task->shown.folder.path),
                           .last = (char *)folder_name(task->last)};
        records_put(records, &r);
        free(r.note);
    }
}

/* What several scenarios leave behind. A repeated run of what had failed updates the last one. */
static bool save_records(const struct run *run, struct error *err)
{
    struct records records = {0};
    if (run->options->failed && !records_read(&records, run->options->out, err))
        return false;
    record_tasks(run, &records);
    bool ok = records_write(&records, run->options->out, err) &&
              report_write(NULL, &records, run->options->out, err);
    records_fini(&records);
    if (ok && run->n > 1)
        printf("report: %s/report/index.html\n", run->options->out);
    return ok;
}

static int exit_status(const struct run *run)
{
    int status = EXIT_PASSED;
    for (size_t i = 0; i < run->n; i++) {
        enum outcome outcome = task_outcome(&run->tasks[i]);
        if (outcome == OUTCOME_ERROR)
            return EXIT_ERROR;
        if (outcome_fails(outcome))
            status = EXIT_FAILED;
    }
    return status;
}

static int execute(struct run *run, struct error *err)
{
    struct schedule schedule = {.tasks = run->tasks,
                                .n = run->n,
                                .retries = retries(run),
                                .options = run->options,
                                .screen = &run->screen,
                                .done = print_task,
                                .context = run};
    if (!lifeline_open(err) || !schedule_run(&schedule, err))
        return command_error(err->text);
    if (schedule.interrupted) {
        printf("interrupted: %s (%zu of %zu done)\n", schedule.interrupted, schedule.n_done,
               run->n);
        free(schedule.interrupted);
        return EXIT_INTERRUPTED;
    }
    int status = exit_status(run);
    if (!save_durations(run, err))
        status = command_error(err->text);
    if ((run->n > 1 || run->options->failed) && !save_records(run, err))
        status = command_error(err->text);
    print_summary(run);
    return status;
}

int command_run(const struct options *options, const struct suite *suite)
{
    struct error err = {0};
    struct run run = {.options = options, .suite = suite};
    screen_init(&run.screen);
    if (options_attended(options))
        run.screen.live = false;
    int status = prepare(&run, &err) ? execute(&run, &err) : command_error(err.text);
    for (size_t i = 0; run.tasks && i < run.n; i++)
        task_fini(&run.tasks[i]);
    free(run.tasks);
    quarantine_fini(&run.quarantine);
    return status;
}
