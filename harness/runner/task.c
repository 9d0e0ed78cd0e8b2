/* One scenario in a suite run.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/runner/task.h"

#include "harness/base/buffer.h"

#include <stdlib.h>

static int weight(const struct attempt *a)
{
    if (!a->result)
        return -1;
    return a->result->verdict == VERDICT_PASS ? 0 : a->result->verdict == VERDICT_ERROR ? 1 : 2;
}

void task_add(struct task *task, struct attempt *a, unsigned retries)
{
    tally_add(&task->tally, a->result->verdict);
    if (tally_wants_retry(&task->tally, retries, task->quarantine))
        task->planned++;
    int new = weight(a), old = weight(&task->shown);
    if (new > old || (new == 0 && old == 0)) {
        struct attempt worse = task->shown;
        task->shown = *a;
        *a = worse;
    }
    if (weight(&task->shown) == 0)
        run_folder_finish(&task->shown.folder);
    attempt_fini(a);
}

void task_fini(struct task *task)
{
    attempt_fini(&task->shown);
    free(task->last);
    task->last = NULL;
}

bool task_done(const struct task *task)
{
    return task->tally.runs == task->planned;
}

enum outcome task_outcome(const struct task *task)
{
    return outcome_decide(&task->tally, task->quarantine);
}

static char *runs_note(const struct task *task)
{
    const struct tally *t = &task->tally;
    if (t->runs < 2)
        return NULL;
    return format_text("%u of %u runs passed", t->passed, t->runs);
}

char *task_note(const struct task *task)
{
    const struct quarantined *entry = task->quarantine;
    switch (task_outcome(task)) {
    case OUTCOME_QUARANTINED:
        return format_text("%s; until %s: %s", verdict_name(task->tally.first), entry->expires,
                           entry->reason);
    case OUTCOME_EXPIRED:
        return format_text("its quarantine ended on %s: %s; %s its entry in quarantine.json",
                           entry->expires, entry->reason,
                           task->tally.passed ? "it passes: remove" : "repair it and remove");
    case OUTCOME_PASS:
        if (entry)
            return format_text("passes, though quarantined until %s: %s", entry->expires,
                               entry->reason);
        return runs_note(task);
    default:
        return runs_note(task);
    }
}
