/*
 * Runs the programs of two libraries that others have written and compiled for another system.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

static void run(const char *image, uint32_t frames)
{
    struct budget budget = {.frames = frames, .objects = 16, .calls = 32, .timers = 4, .caps = 32};

    program_succeed(image, program_start(image, NULL, 0, budget, NULL, 0));
}

int main(void)
{
    run("bearssl", 512);
    run("sodium", 20000);
    console_printf("both libraries find what was published");
    return 0;
}
