/* The end of a run: diagnosis, machines stopped, transcripts, verdict, result.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/base/clock.h"
#include "harness/base/files.h"
#include "harness/event/loop.h"
#include "harness/machine/diagnosis.h"
#include "harness/scenario.h"
#include "harness/scenario/run.h"
#include "harness/scenario/transcripts.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOG_LIMIT = 16 << 20, MAX_FILES = 128 };

/* What the processors of the machines that still run are doing: can be asked only while they do. */
static void diagnose_running(struct buffer *out)
{
    for (size_t i = 0; i < run.n_machines; i++) {
        struct machine *m = run.machines[i].machine;
        loop_lock();
        bool running = m->state == MACHINE_RUNNING;
        loop_unlock();
        if (!running)
            continue;
        if (run.n_machines > 1)
            buffer_printf(out, "%s:\n", machine_words(m));
        diagnose_processors(m, out);
    }
}

/* How machines came to panic, or to be reset, and processes to fault: told from what they left. */
static void diagnose_ended(struct buffer *out)
{
    for (size_t i = 0; i < run.n_machines; i++) {
        const struct run_machine *rm = &run.machines[i];
        const struct machine *m = rm->machine;
        const struct fault_report *fault;
        bool panicked = m->panic.begun && !rm->panic_wanted;
        bool reset = m->state == MACHINE_RESET && !rm->reset_wanted;
        bool faulted = fault_log_unexpected(&m->faults, &fault) > 0;
        if ((panicked || reset || faulted) && run.n_machines > 1)
            buffer_printf(out, "%s:\n", machine_words(m));
        if (faulted)
            diagnose_faults(m, out);
        if (panicked)
            diagnose_panic(m, out);
        else if (reset)
            diagnose_reset(m, out);
    }
}

/* Frames that QEMU has sent stand in its sockets until they are read, which end when it does. Lock held. */
static bool ports_closed(void)
{
    for (size_t i = 0; i < RUN_NETWORKS; i++)
        if (run.segments[i] && segment_open_ports(run.segments[i]) > 0)
            return false;
    return true;
}

/* Ends everything that runs, and waits until all that it said has come. */
static bool stop_all(struct error *err)
{
    enum { PORTS_MS = 5000 };
    bool good = true;
    for (size_t i = 0; i < run.n_machines; i++)
        good = machine_stop(run.machines[i].machine, err) && good;
    for (size_t i = 0; i < run.n_programs; i++)
        good = program_stop(run.programs[i], err) && good;
    loop_lock();
    int64_t deadline = clock_ms() + PORTS_MS;
    while (!ports_closed() && loop_wait(deadline))
        ;
    if (!ports_closed())
        good = error_set(err, "a network card stays connected: frames may be missing");
    for (size_t i = 0; i < RUN_NETWORKS; i++)
        if (run.segments[i])
            segment_close(run.segments[i]);
    loop_unlock();
    return good;
}

/* libvirt's log of a machine holds QEMU's command line and what it printed. */
static void keep_qemu_log(void)
{
    struct buffer all = {0};
    for (size_t i = 0; i < run.n_machines; i++) {
        char *from =
            format_text("%s/log/qemu/%s.log", run.slot.root, run.machines[i].machine->name);
        file_read(from, LOG_LIMIT, &all, NULL);
        unlink(from);
        free(from);
    }
    char *to = format_text("%s/qemu.log", run.folder);
    if (all.len)
        file_write(to, all.data, all.len, NULL);
    free(to);
    buffer_fini(&all);
}

static bool file_of_stream(const struct result *result, const char *name)
{
    for (size_t i = 0; i < result->n_streams; i++) {
        const struct stream_result *s = &result->streams[i];
        if ((s->file && strcmp(s->file, name) == 0) || (s->diff && strcmp(s->diff, name) == 0) ||
            (s->transcript && strcmp(s->transcript, name) == 0))
            return true;
    }
    return false;
}

static void list_files(struct result *result)
{
    DIR *dir = run.folder ? opendir(run.folder) : NULL;
    result->files = calloc(MAX_FILES, sizeof *result->files);
    if (!dir || !result->files)
        return;
    for (struct dirent *e; (e = readdir(dir)) && result->n_files < MAX_FILES;)
        if (e->d_name[0] != '.' && strcmp(e->d_name, "result.json") != 0 &&
            !file_of_stream(result, e->d_name))
            result->files[result->n_files++] = copy_text(e->d_name);
    closedir(dir);
    result->files[result->n_files < MAX_FILES ? result->n_files++ : MAX_FILES - 1] =
        copy_text("junit.xml");
}

static char *started_text(void)
{
    char text[32];
    time_t now = time(NULL) - (clock_ms() - run.started) / 1000;
    struct tm utc;
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &utc));
    return copy_text(text);
}

static void describe(struct result *result)
{
    const struct manifest *manifest = run.manifest;
    result->scenario = copy_text(manifest ? manifest->scenario : "unknown");
    result->summary = copy_text(manifest ? manifest->summary : "");
    result->n_tags = manifest ? manifest->n_tags : 0;
    result->tags = calloc(result->n_tags + 1, sizeof *result->tags);
    for (size_t i = 0; i < result->n_tags; i++)
        result->tags[i] = copy_text(manifest->tags[i]);
    result->run = copy_text(run.options.run);
    result->started = started_text();
    result->repeat = format_text("make scenario NAME=%s", result->scenario);
}

static void blame(struct result *result, enum verdict verdict, const char *expected,
                  const char *came)
{
    char *old_expected = result->expected, *old_came = result->came;
    result->verdict = verdict;
    free(result->where);
    result->where = copy_text(run.step_where[0] ? run.step_where : NULL);
    result->expected = copy_text(expected);
    result->came = copy_text(came);
    free(old_expected);
    free(old_came);
}

/* Judges what ended with the machines: a panic or a reset that was still under way, a QEMU that had died
 * when an assertion met it. What happened to a machine explains more than the assertion does. */
static void judge_machines(struct result *result)
{
    struct trouble t;
    loop_lock();
    bool any = run_find_trouble(&t);
    loop_unlock();
    if (any && result->verdict != VERDICT_ERROR)
        blame(result, t.verdict, result->expected, t.came.text);
}

/* A fault that nobody expected is a failure even if every assertion held. Where one did not hold, the
 * fault may be why. At a terminal the person has seen it. */
static void judge_faults(struct result *result)
{
    struct error fault;
    loop_lock();
    bool any = !run.options.interactive && run_find_fault(&fault);
    loop_unlock();
    if (any && result->verdict == VERDICT_PASS) {
        blame(result, VERDICT_FAIL, "no process to fault but those that the scenario expects",
              fault.text);
        free(result->where);
        result->where = NULL;
    } else if (any && (result->verdict == VERDICT_FAIL || result->verdict == VERDICT_HANG)) {
        char *came = format_text("%s; %s", fault.text, result->came);
        blame(result, VERDICT_FAIL, result->expected, came);
        free(came);
    }
}

/* A program that nobody waited for has had no say. */
static void judge_programs(struct result *result)
{
    for (size_t i = 0; i < run.n_programs && result->verdict == VERDICT_PASS; i++) {
        if (run.programs[i]->waited)
            continue;
        char *came =
            format_text("%s was started and never waited for", run.programs[i]->output->name);
        blame(result, VERDICT_FAIL, "every program of the host to be waited for", came);
        free(came);
    }
}

/* A golden is compared even in a failed run, for the reader; it decides only when all else was
 * well. */
static void judge_transcripts(struct result *result)
{
    struct error err;
    bool differs, accept = run.options.accept && result->verdict == VERDICT_PASS;
    if (!run.manifest || run.options.interactive)
        return; /* what a person typed has no golden */
    if (!transcripts_compare(result, accept, &differs, &err)) {
        if (result->verdict == VERDICT_PASS)
            blame(result, VERDICT_ERROR, NULL, err.text);
        else
            printf("%s\n", err.text); /* the run has failed already, for a better reason */
        return;
    }
    if (!differs || result->verdict != VERDICT_PASS)
        return;
    struct buffer came = {0};
    for (size_t i = 0; i < result->n_streams; i++) {
        const struct stream_result *s = &result->streams[i];
        if (s->state && strcmp(s->state, "same") != 0 && strcmp(s->state, "accepted") != 0)
            buffer_printf(&came, "%s%s %s", came.len ? "; " : "", s->golden,
                          strcmp(s->state, "missing") == 0  ? "does not exist: ACCEPT=1 makes it"
                          : strcmp(s->state, "unused") == 0 ? "belongs to no stream: delete it, or "
                                                              "name its stream in the manifest"
                          : strcmp(s->state, "absent") == 0 ? "has no stream in this run"
                                                            : "differs from this run");
    }
    blame(result, VERDICT_FAIL, "every stream the same as its golden", buffer_text(&came));
    free(result->where);
    result->where = NULL;
    buffer_fini(&came);
}

static void print_end(const struct result *result)
{
    if (!run.options.interactive)
        printf("%7.3f  ", result->seconds);
    else if (result->verdict == VERDICT_PASS)
        return;
    printf("%s: %s\n%s", verdict_name(result->verdict), result->came ? result->came : "as expected",
           result->diagnosis ? result->diagnosis : "");
}

_Noreturn void run_finish(enum verdict verdict, const char *expected, const char *came)
{
    static bool finishing;
    struct result result = {0};
    struct error err;
    if (finishing)
        _exit(2); /* the end itself failed: the runner finds no result and says so */
    finishing = true;
    if (run.at_end)
        run.at_end();
    struct buffer diagnosis = {0};
    if (verdict == VERDICT_HANG)
        diagnose_running(&diagnosis);
    bool stopped = stop_all(&err);
    keep_qemu_log();
    describe(&result);
    blame(&result, verdict, expected, came);
    judge_machines(&result);
    if (!stopped && result.verdict == VERDICT_PASS)
        blame(&result, VERDICT_ERROR, NULL, err.text);
    diagnose_ended(&diagnosis);
    result.diagnosis = diagnosis.data;
    judge_faults(&result);
    judge_programs(&result);
    if (run.steps == 0 && result.verdict == VERDICT_PASS)
        blame(&result, VERDICT_FAIL, "a scenario that does something", "it made no call at all");
    judge_transcripts(&result);
    result.seconds = (double)(clock_ms() - run.started) / 1000;
    if (run.first_machine)
        result.start_seconds = (double)(run.first_machine - run.started) / 1000;
    list_files(&result);
    print_end(&result);
    if (!run.folder || !result_write(&result, run.folder, &err)) {
        printf("%s\n", run.folder ? err.text : "there is no run folder");
        fflush(stdout);
        _exit(2);
    }
    fflush(stdout);
    /* Not exit(): libvirt's driver needs no farewell, its machines are gone and its slot is swept.
     */
    _exit(result.verdict == VERDICT_PASS ? 0 : result.verdict == VERDICT_ERROR ? 2 : 1);
}
