/*
 * Starts the first level, and ends it when the last one has been refused.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nesting.h"

int main(void)
{
    struct budget before = ledger_used();
    struct process_grant levels = {"levels", CAP_NONE};
    struct words_call in;
    struct process_end end;
    uint64_t first = 1;
    cap_t server, process;

    check(outcome_is_done(
              endpoints_create(capos_cap("endpoints"), INTERFACE_LEVELS, &server, &levels.cap)),
          "an endpoint");
    process = program_start("level", &first, sizeof(first), budget_of(first), &levels, 1);
    check(outcome_is_done(capos_recv(server, RING_NEVER, &in)), "the deepest level's call");
    console_printf("%lu levels run, and the next was refused: %s", in.params[0],
                   err_sentence((err_t)in.params[1]));
    check(outcome_is_done(process_terminate(process)), "the end of the first");
    end = program_finish(process);
    check(end.reason == PROCESS_REASON_TERMINATED, "an end by force");
    cap_release(in.head.reply);
    cap_release(levels.cap);
    cap_release(server);
    ledger_check("all levels", before);
    console_printf("all have ended with the first");
    return 0;
}
