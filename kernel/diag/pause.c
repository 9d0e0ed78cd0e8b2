/*
 * Waits for a line typed on the console.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "diag/pause.h"

#include "arch/arch.h"
#include "lib/types.h"
#include "log/log.h"

#define PAUSE_LINE_MAX 80

void pause_for_line(void)
{
    char line[PAUSE_LINE_MAX];
    size_t len = 0;

    kernel_log("pause: press Enter to go on");
    for (;;) {
        char typed = arch_console_read();

        if (typed == '\r' || typed == '\n')
            break;
        if (len < PAUSE_LINE_MAX)
            line[len++] = typed;
    }
    kernel_log("pause: read \"%.*s\"", (int)len, line);
}
