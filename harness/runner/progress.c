/* What `run` prints.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/progress.h"

#include "harness/base/utf8.h"
#include "harness/runner/failure.h"

#include <stdlib.h>

static const struct {
    const char *word;
    enum ink ink;
} words[] = {
    [OUTCOME_PASS] = {"PASS", INK_GREEN},     [OUTCOME_FAIL] = {"FAIL", INK_RED},
    [OUTCOME_PANIC] = {"PANIC", INK_MAGENTA}, [OUTCOME_RESET] = {"RESET", INK_MAGENTA},
    [OUTCOME_HANG] = {"HANG", INK_MAGENTA},   [OUTCOME_ERROR] = {"ERROR", INK_YELLOW},
    [OUTCOME_FLAKY] = {"FLAKY", INK_YELLOW},  [OUTCOME_QUARANTINED] = {"QUARANTINED", INK_CYAN},
    [OUTCOME_EXPIRED] = {"EXPIRED", INK_RED},
};

static void add_line(struct buffer *b, const struct screen *screen, const struct task *task,
                     size_t width)
{
    enum outcome outcome = task_outcome(task);
    char *note = task_note(task);
    int pad = screen->live ? (int)width : 0;
    char *word = format_text("%-*s", screen->live ? 5 : 0, words[outcome].word);
    ink_add(b, screen->colour, words[outcome].ink, word);
    buffer_printf(b, "  %-*s  %.2f s", pad, task->scenario->name, task->shown.result->seconds);
    if (note) {
        buffer_add_text(b, "  ");
        buffer_add_printable(b, note);
    }
    buffer_add_char(b, '\n');
    free(word);
    free(note);
}

void progress_add(struct buffer *b, const struct screen *screen, const struct task *task,
                  size_t width, bool more)
{
    const struct attempt *shown = &task->shown;
    add_line(b, screen, task, width);
    if (shown->result->verdict == VERDICT_PASS) {
        if (more)
            goldens_add(b, shown->result, shown->folder.path, screen->colour);
        if (more && shown->folder.path)
            buffer_printf(b, "    files   %s/\n", shown->folder.path);
        return;
    }
    /* A manifest's error is one line that says it all. */
    if (!task->scenario->manifest) {
        buffer_add_text(b, "    ");
        buffer_add_printable(b, shown->result->came);
        buffer_add_char(b, '\n');
        return;
    }
    if (task_outcome(task) == OUTCOME_QUARANTINED && !more)
        buffer_printf(b, "    files   %s/\n", shown->folder.path);
    else
        failure_add(b, shown->result, shown->folder.path, screen->colour);
    if (more)
        goldens_add(b, shown->result, shown->folder.path, screen->colour);
}

static size_t add_names(struct buffer *b, const char *title, const struct task tasks[], size_t n,
                        bool fails)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        enum outcome outcome = task_outcome(&tasks[i]);
        if (outcome == OUTCOME_PASS || outcome_fails(outcome) != fails)
            continue;
        buffer_printf(b, "%s%s", found++ ? ", " : title, tasks[i].scenario->name);
        if (fails && outcome != OUTCOME_FAIL)
            buffer_printf(b, " (%s)", outcome_name(outcome));
    }
    return found;
}

void progress_add_summary(struct buffer *b, const struct screen *screen, const struct task tasks[],
                          size_t n)
{
    struct buffer names = {0};
    size_t failed = add_names(&names, "failed: ", tasks, n, true);
    size_t skipped =
        add_names(&names, failed ? "; quarantined: " : "quarantined: ", tasks, n, false);
    size_t passed = n - failed - skipped;
    if (names.len && n > 1)
        buffer_printf(b, "\n%s%s\n", names.data,
                      failed ? "; again: `make scenarios FAILED=1`" : "");
    buffer_fini(&names);
    struct buffer line = {0};
    buffer_printf(&line, "%zu passed, %zu failed", passed, failed);
    if (skipped)
        buffer_printf(&line, ", %zu skipped", skipped);
    ink_add(b, screen->colour, failed ? INK_RED : INK_GREEN, line.data);
    buffer_add_char(b, '\n');
    buffer_fini(&line);
}
