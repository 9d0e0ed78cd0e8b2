/* Faults of processes: expected one by one, all others fail the run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A report that nobody has expected yet ends no wait: the scenario may come to it later. Only at the
 * run's end it is known to be unexpected.
 */
#define SCENARIO_IMPLEMENTATION
#include "harness/event/loop.h"
#include "harness/scenario.h"
#include "harness/scenario/run.h"
#include "harness/stream/match.h"

#include <stdlib.h>

/* The first report from *@next on that matches and is not expected yet; NULL: there is none, and
 * *@next is behind all there are. Lock held, given up when it ends the run. */
static struct fault_report *find(struct fault_log *log, const char *expression, size_t *next)
{
    for (; *next < log->n; ++*next) {
        struct fault_report *r = &log->reports[*next];
        struct error err;
        bool matches;
        if (!match_line(expression, r->text, &matches, &err)) {
            loop_unlock();
            run_end(VERDICT_ERROR, NULL, "%s", err.text);
        }
        if (matches && !r->expected)
            return r;
    }
    return NULL;
}

void machine_expect_fault(struct machine *m, const char *expression)
{
    char *words = format_text("a process that faults, its report matching /%s/", expression);
    struct fault_report *found;
    size_t next = 0;
    loop_lock();
    while (!(found = find(&m->faults, expression, &next))) {
        run_check_trouble(words);
        if (m->state != MACHINE_RUNNING && m->serials[0] && m->serials[0]->ended) {
            loop_unlock();
            run_end(VERDICT_FAIL, words, "%s %s before it came", machine_words(m),
                    machine_state_name(m->state));
        }
        if (loop_wait(run.deadline))
            continue;
        loop_unlock();
        run_end(VERDICT_HANG, words, "none came");
    }
    found->expected = true;
    loop_unlock();
    free(words);
}

bool run_find_fault(struct error *came)
{
    const struct fault_report *first = NULL;
    size_t n = 0;
    for (size_t i = 0; i < run.n_machines; i++) {
        const struct fault_report *here;
        n += fault_log_unexpected(&run.machines[i].machine->faults, &here);
        first = first ? first : here;
    }
    if (n == 1)
        error_set(came, "a process faulted and nobody expected it: %s", first->text);
    else if (n > 1)
        error_set(came, "%zu processes faulted and nobody expected it, first: %s", n, first->text);
    return n > 0;
}
