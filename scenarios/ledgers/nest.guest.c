/*
 * Starts itself with almost all that it has, until it is refused; returns how many there are below it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define KEPT 8 /* of each kind, for the process itself while the child lives */

static struct outcome spawn(cap_t *process)
{
    struct process_grant grants[PROCESS_GRANTS_MAX];
    struct process_request request = {.image = "nest", .grants = grants};
    const struct grant *own = capos_grants(&request.n_grants);
    struct budget used, limit;

    check(outcome_is_done(ledger_read(capos_cap("system"), &used, &limit)), "the ledger");
    request.budget = (struct budget){
        .frames = limit.frames - used.frames - KEPT,
        .objects = limit.objects - used.objects - KEPT,
        .calls = limit.calls - used.calls - KEPT,
        .timers = limit.timers - used.timers - KEPT,
        .caps = limit.caps - used.caps - KEPT,
    };
    for (uint32_t i = 0; i < request.n_grants; i++)
        grants[i] = (struct process_grant){own[i].name, own[i].cap};
    return process_spawn(capos_cap("processes"), &request, process);
}

int main(void)
{
    cap_t process;
    struct outcome outcome = spawn(&process);
    struct process_end end;

    if (!outcome_is_done(outcome)) {
        attempt("starting one more", outcome, ERR_NO_OBJECTS);
        return 0;
    }
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_EXITED, "a good end");
    return (int)end.code + 1;
}
