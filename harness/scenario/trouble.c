/* How a run ends early: failed expectations, and what no scenario can want.
 * SPDX-License-Identifier: Apache-2.0
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/scenario/run.h"

#include "harness/base/clock.h"
#include "harness/event/loop.h"
#include "harness/scenario.h"

#include <stdarg.h>
#include <stdio.h>

/* How long the rest of a panic report may take once it has begun. */
enum { PANIC_REPORT_MS = 5000 };

void run_end(enum verdict verdict, const char *expected, const char *came, ...)
{
    struct buffer text = {0};
    va_list args;
    va_start(args, came);
    buffer_vprintf(&text, came, args);
    va_end(args);
    run_finish(verdict, expected, buffer_text(&text));
}

static _Noreturn void end_unless(enum verdict verdict, const char *condition, const char *format,
                                 va_list args)
{
    struct buffer wanted = {0};
    buffer_vprintf(&wanted, format, args);
    run_end(verdict, buffer_text(&wanted), "%s does not hold", condition);
}

void scenario_fail(const char *condition, const char *format, ...)
{
    va_list args;
    va_start(args, format); /* end_unless() does not return, so there is no va_end() to come to */
    end_unless(VERDICT_FAIL, condition, format, args);
    /* cppcheck-suppress va_end_missing */
}

void scenario_lacks(const char *condition, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    end_unless(VERDICT_ERROR, condition, format, args);
    /* cppcheck-suppress va_end_missing */
}

static bool is(struct trouble *t, enum verdict verdict)
{
    t->verdict = verdict;
    return true;
}

static bool stream_broken(const struct stream *s, struct trouble *t)
{
    if (!s || !s->broken)
        return false;
    t->came = s->error;
    return is(t, VERDICT_ERROR);
}

static bool host_trouble(struct trouble *t)
{
    for (size_t i = 0; i < run.n_machines; i++) {
        const struct machine *m = run.machines[i].machine;
        for (size_t k = 0; k < MACHINE_SERIALS; k++)
            if (stream_broken(m->serials[k], t))
                return true;
        if (m->state != MACHINE_DIED)
            continue;
        error_set(&t->came, "QEMU of %s ended by itself; see qemu.log", machine_words(m));
        return is(t, VERDICT_ERROR);
    }
    for (size_t i = 0; i < run.n_programs; i++)
        if (stream_broken(run.programs[i]->output, t))
            return true;
    for (size_t i = 0; i < RUN_NETWORKS; i++) {
        if (!run.segments[i] || !segment_trouble(run.segments[i]))
            continue;
        error_set(&t->came, "%s", segment_trouble(run.segments[i]));
        return is(t, VERDICT_ERROR);
    }
    return false;
}

bool run_find_trouble(struct trouble *t)
{
    if (host_trouble(t))
        return true;
    for (size_t i = 0; i < run.n_machines; i++) {
        struct run_machine *rm = &run.machines[i];
        if (rm->machine->panic.begun && !rm->panic_wanted) {
            error_set(&t->came, "the kernel panicked: %s", rm->machine->panic.reason);
            return is(t, VERDICT_PANIC);
        }
    }
    for (size_t i = 0; i < run.n_machines; i++) {
        struct run_machine *rm = &run.machines[i];
        if (rm->machine->state == MACHINE_RESET && !rm->reset_wanted) {
            error_set(&t->came, "%s was reset", machine_words(rm->machine));
            return is(t, VERDICT_RESET);
        }
    }
    return false;
}

void run_check_trouble(const char *waiting)
{
    struct trouble t;
    if (!run_find_trouble(&t))
        return;
    for (size_t i = 0; i < run.n_machines; i++)
        if (run.machines[i].machine->panic.begun)
            machine_await_panic_report(run.machines[i].machine, clock_ms() + PANIC_REPORT_MS);
    loop_unlock();
    run_end(t.verdict, waiting, "%s", t.came.text);
}

void scenario_step(const char *file, int line, const char *call)
{
    snprintf(run.step_where, sizeof run.step_where, "%s:%d", file, line);
    run.steps++;
    if (run.options.interactive)
        return;
    printf("%7.3f  %s  %s\n", (double)(clock_ms() - run.started) / 1000, run.step_where, call);
}

const char *text(const char *format, ...)
{
    struct buffer b = {0};
    va_list args;
    va_start(args, format);
    buffer_vprintf(&b, format, args);
    va_end(args);
    return buffer_text(&b);
}

const char *run_folder(void)
{
    return run.folder;
}

const char *build_folder(void)
{
    return run.build;
}

const char *project_root(void)
{
    return run.root;
}
