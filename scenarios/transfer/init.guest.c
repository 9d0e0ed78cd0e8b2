/*
 * Runs the programs that move capabilities, one after the other, and sees that they leave nothing.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/program.h"
#include "post.h"

/* Its table takes no more than some dozens. */
#define BUDGET_KEEPER \
    ((struct budget){.frames = 256, .objects = 32, .calls = 16, .timers = 8, .caps = 64})

static void run(const char *program)
{
    program_succeed(program, program_start(program, NULL, 0, (struct budget){0}, NULL, 0));
}

/* The keeper has the only capability to receive. */
static void run_pair(void)
{
    struct program_endpoint post = program_endpoint_open(INTERFACE_POST);
    const struct process_grant receiving = {"keeper", post.server};
    const struct process_grant calling = {"keeper", post.client};
    cap_t keeper = program_start("keeper", NULL, 0, BUDGET_KEEPER, &receiving, 1);
    cap_t sender;

    check(outcome_is_done(cap_release(post.server)), "one receiver");
    sender = program_start("sender", NULL, 0, (struct budget){0}, &calling, 1);
    program_succeed("sender", sender);
    program_succeed("keeper", keeper);
    cap_release(post.client);
}

/* With its end the call is out of line, and what was to move gone. */
static void run_victim(void)
{
    struct program_endpoint hole = program_endpoint_open(INTERFACE_POST);
    const struct process_grant grant = {"hole", hole.client};
    struct words_call in;

    program_succeed("victim", program_start("victim", NULL, 0, (struct budget){0}, &grant, 1));
    attempt("receiving what a process sent that has ended",
            capos_recv(hole.server, clock_now() + MILLISECOND, &in), ERR_TIMED_OUT);
    program_endpoint_close(hole);
}

int main(void)
{
    struct budget before = ledger_used();

    run("under_way");
    run("denied");
    run("answers");
    run_pair();
    run_victim();
    ledger_check("everything", before);
    console_printf("nothing is left over: the ledger is as before");
    return 0;
}
