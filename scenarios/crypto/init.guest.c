/*
 * Runs the programs of two libraries that others have written and compiled for another system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static void run(const char *image, uint32_t frames)
{
    struct budget budget = {.frames = frames, .objects = 16, .calls = 32, .timers = 4, .caps = 32};
    struct process_end end = program_run(image, NULL, 0, budget);

    check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "%s: a good end, not %u", image,
          end.code);
}

int main(void)
{
    run("bearssl", 512);
    run("sodium", 20000);
    console_printf("both libraries find what was published");
    return 0;
}
