/* 16 MiB are enough for init and a child, on one processor and on two.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Children that want more than there is are refused; init.guest.c tries.
 */
#include "harness/scenario.h"

static void is_enough(const char *name)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect_match(console, "kernel: memory: 1[56] MiB usable");
    stream_expect(console, "init: 12 MiB and more can be had");
    stream_expect(console, "child: runs");
    stream_expect(console, "init: a child with more than there is: refused");
    stream_expect(console, "init: one that would take all that is left: refused");
    stream_expect(console, "init: a child ran with 8 MiB");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}

SCENARIO
{
    is_enough("one");
    is_enough("two");
}
