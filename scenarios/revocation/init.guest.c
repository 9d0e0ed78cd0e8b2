/*
 * Runs the programs that revoke, one after the other, and sees that they leave nothing.
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

    run("chains", (struct budget){0});
    run("kinds", (struct budget){0});
    run("under_way", (struct budget){0});
    run("holders", (struct budget){.frames = 2000, .objects = 400, .caps = 2000});
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
