/*
 * Counts what a machine of 16 MiB has for programs, and gives a child more than half of it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

#define MIB_FRAMES 256

static struct outcome start(uint32_t frames, cap_t *process)
{
    struct process_grant grants[] = {
        {"console", capos_cap("console")},
        {"frames", capos_cap("frames")},
        {"memory", capos_cap("memory")},
    };
    struct process_request request = {
        .image = "child", .grants = grants, .n_grants = 3, .budget = BUDGET_SMALL};

    request.budget.frames = frames;
    return process_spawn(capos_cap("processes"), &request, process);
}

int main(void)
{
    struct budget limit = ledger_limit();
    struct process_end end;
    cap_t process;

    check(limit.frames >= 12 * MIB_FRAMES, "12 MiB, not %u frames", limit.frames);
    console_printf("12 MiB and more can be had");
    check(outcome_is_done(start(8 * MIB_FRAMES, &process)), "a child");
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "its good end");
    attempt("a child with more than there is", start(16 * MIB_FRAMES, &process), ERR_NO_FRAMES);
    attempt("one that would take all that is left", start(limit.frames, &process), ERR_NO_FRAMES);
    console_printf("a child ran with 8 MiB");
    return 0;
}
