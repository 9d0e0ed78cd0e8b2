/* 100,000 lines of log: every one arrives, whole and in order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/scenario.h"

#include <stdio.h>
#include <string.h>

enum { LINES = 100000 };

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");
    machine_expect_off(machine);

    size_t len;
    const char *at = stream_text(console, &len), *end = at + len;
    for (int i = 1; i <= LINES; i++) {
        char wanted[32];
        int n = snprintf(wanted, sizeof wanted, "] kernel: flood %d\n", i);
        /* The first is searched for, behind the kernel's other lines; each other follows the last
         * one. */
        const char *line = i == 1 ? strstr(at, wanted) : memchr(at, ']', (size_t)(end - at));
        if (!line || end - line < n || memcmp(line, wanted, (size_t)n) != 0)
            scenario_fail("every line in order", "line %d of %d of the flood", i, LINES);
        at = line + n;
    }
    check(stream_count(console, "] kernel: flood ") == LINES, "no line twice");
    stream_expect(console, "kernel: power off");
}
