/*
 * Runs the programs that test the C library, one after the other.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"
#include "capos/program.h"

int main(void)
{
    static const char *const programs[] = {"strings", "numbers", "maths", "data", "texts"};

    for (unsigned i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
        struct process_end end = program_run(
            programs[i], NULL, 0,
            (struct budget){.frames = 2048, .objects = 16, .calls = 32, .timers = 4, .caps = 32});

        check(end.reason == PROCESS_REASON_EXITED && end.code == 0, "%s: a good end", programs[i]);
    }
    console_printf("the C library does what is expected of it");
    return 0;
}
