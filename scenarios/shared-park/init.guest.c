/*
 * Runs the programs that wait at shared words, and sees that they leave nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static void run(const char *program)
{
    program_succeed(program, program_start(program, NULL, 0, (struct budget){0}, NULL, 0));
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
