/* The kernel's log can be read: every line that is kept, and how much is not.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel itself has logged 2000 lines, more than it keeps, when init.guest.c begins to read.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: the oldest lines are gone, and counted");
    stream_expect(console, "init: every other line is there, whole and in order");
    stream_expect(console, "init: a line written meanwhile: it is the next one");
    stream_expect(console, "init: a place that the log has not reached: refused");
    stream_expect(console, "init: room for less than the longest line: refused");
    stream_expect(console, "init: more than 4000 bytes: refused");
    stream_expect(console, "init: a result space smaller than that: refused");
    stream_expect(console, "init: a method that there is not: malformed");
    stream_expect(console, "init: writing a line that is longer than its message: refused");
    stream_expect(console, "init: the console, as if it could be read: malformed");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
