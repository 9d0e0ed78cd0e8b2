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
#include <stdlib.h>

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

void scenario_fail(const char *condition, const char *format, ...)
{
    struct buffer text = {0};
    va_list args;
    va_start(args, format);
    buffer_vprintf(&text, format, args);
    va_end(args);
    run_end(VERDICT_FAIL, buffer_text(&text), "%s does not hold", condition);
}

static void check_machine(struct run_machine *rm, const char *waiting)
{
    struct machine *m = rm->machine;
    if (m->panic.begun && !rm->panic_wanted) {
        machine_await_panic_report(m, clock_ms() + PANIC_REPORT_MS);
        loop_unlock();
        run_end(VERDICT_PANIC, waiting, "the kernel panicked: %s", m->panic.reason);
    }
    if (m->state == MACHINE_RESET && !rm->reset_wanted) {
        loop_unlock();
        run_end(VERDICT_RESET, waiting, "%s was reset", machine_words(m));
    }
    if (m->state == MACHINE_DIED) {
        loop_unlock();
        run_end(VERDICT_ERROR, waiting, "QEMU of %s ended by itself; see qemu.log",
                machine_words(m));
    }
    for (size_t i = 0; i < MACHINE_SERIALS; i++) {
        if (!m->serials[i] || !m->serials[i]->broken)
            continue;
        loop_unlock();
        run_end(VERDICT_ERROR, waiting, "%s", m->serials[i]->error.text);
    }
}

void run_check_trouble(const char *waiting)
{
    for (size_t i = 0; i < run.n_machines; i++)
        check_machine(&run.machines[i], waiting);
    for (size_t i = 0; i < RUN_NETWORKS; i++) {
        if (!run.segments[i] || !segment_trouble(run.segments[i]))
            continue;
        loop_unlock();
        run_end(VERDICT_ERROR, waiting, "%s", segment_trouble(run.segments[i]));
    }
}

void scenario_step(const char *file, int line, const char *call)
{
    snprintf(run.step_where, sizeof run.step_where, "%s:%d", file, line);
    snprintf(run.step_call, sizeof run.step_call, "%s", call);
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
