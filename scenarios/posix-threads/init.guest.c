/*
 * Runs the programs that test threads, one after the other.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static void run(const char *image)
{
    struct budget budget = {
        .frames = 6000, .objects = 400, .calls = 400, .timers = 100, .caps = 400};
    struct process_end end = program_run(image, NULL, 0, budget);

    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "%s: a good end, not %u", image,
          end.code);
}

int main(void)
{
    run("locks");
    run("lives");
    run("cancelled");
    console_printf("threads do what is expected of them");
    return 0;
}
