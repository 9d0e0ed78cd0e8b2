/* 1, 2, 4 and 8 processors: all run threads at once, and none keeps a page that was taken away.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A program can ask the processor it runs on for its number, so threads that meet can tell how many
 * processors there are. The attempts stand in init.guest.c and ends.guest.c.
 */
#include "harness/scenario.h"

#define LOOKS 10 /* of init.guest.c */

static void prove(const char *name, unsigned n)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, text("kernel: processors: %u of %u run", n, n));
    stream_expect(console, text("init: threads that meet: %u, on %u processors", n, n));
    stream_expect(console, "init: a page that is unmapped and mapped anew, again and again: ");
    stream_expect(console, "init: a page that others write, and that becomes read-only: fault");
    machine_expect_fault(machine, "\\(ends\\): page fault: write to 0x[0-9a-f]+, not allowed, at");
    machine_expect_fault(machine, "\\(ends\\): page fault: read from 0x[0-9a-f]+, not mapped, at");
    machine_expect_fault(machine, "\\(ends\\): page fault: read from 0x[0-9a-f]+, not mapped, at");
    machine_expect_fault(machine, "\\(ends\\): invalid opcode at");
    stream_expect(console, "init: a program on all processors, terminated: terminated");
    stream_expect(console, "init: memory that others write, and that is unmapped: nothing");
    for (unsigned i = 0; i < LOOKS; i++)
        machine_expect_fault(machine,
                             "\\(ends\\): page fault: write to 0x[0-9a-f]+, not mapped, at");
    stream_expect(console, "init: all processors are idle again");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}

SCENARIO
{
    prove("one", 1);
    prove("two", 2);
    prove("four", 4);
    prove("eight", 8);
}
