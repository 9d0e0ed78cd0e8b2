/*
 * Runs the programs that test threads, one after the other.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static const struct budget budget = {
    .frames = 6000, .objects = 400, .calls = 400, .timers = 100, .caps = 400};

static void run(const char *image)
{
    program_succeed(image, program_start(image, NULL, 0, budget, NULL, 0));
}

/* The stack of a thread overflows, and its process has a page fault. */
static void run_overflow(void)
{
    struct process_end end = program_run("overflow", NULL, 0, budget);

    check(end.reason == PROCESS_REASON_FAULTED, "a fault");
    console_printf("a stack that overflows: fault %u", end.code);
}

int main(void)
{
    run("locks");
    run("lives");
    run("cancelled");
    run_overflow();
    console_printf("threads do what is expected of them");
    return 0;
}
