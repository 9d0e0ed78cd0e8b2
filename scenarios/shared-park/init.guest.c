/*
 * Runs the programs that wait at shared words, and sees that they leave nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static void run(const char *program)
{
    struct process_end end = program_run(program, NULL, 0, (struct budget){0});

    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end of %s, not %u", program,
          end.code);
}

int main(void)
{
    struct budget before = ledger_used();

    run("mappings");
    run("processes");
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
