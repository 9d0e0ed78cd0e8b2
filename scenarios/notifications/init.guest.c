/*
 * Runs the programs that try notifications, one after the other, and sees that they leave nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static void run(const char *program, struct budget budget)
{
    struct process_end end = program_run(program, NULL, 0, budget);

    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "a good end of %s, not %u", program,
          end.code);
}

int main(void)
{
    struct budget before = ledger_used();

    run("bits", (struct budget){0});
    run("denied", (struct budget){0});
    run("ends", (struct budget){0});
    run("limited",
        (struct budget){.frames = 256, .objects = 4, .calls = 4, .timers = 1, .caps = 64});
    run("beside", (struct budget){0});
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
