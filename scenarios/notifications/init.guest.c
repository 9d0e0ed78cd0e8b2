/*
 * Runs the programs that try notifications, one after the other, and sees that they leave nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static void run(const char *program, struct budget budget)
{
    program_succeed(program, program_start(program, NULL, 0, budget, NULL, 0));
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
