/* A process that faults ends alone, and the kernel reports what it did and where.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in crasher.guest.c, their ends in init.guest.c. Each report is expected by name:
 * one more, or one that nobody expects, and the run would fail.
 */
#include "harness/scenario.h"

static void expect(struct machine *machine, const char *exception, unsigned times)
{
    for (unsigned i = 0; i < times; i++)
        machine_expect_fault(
            machine,
            text("^process \\d+ \\(crasher\\): %s.* at instruction 0x[0-9a-f]+$", exception));
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: a division by zero: ended by exception 0");
    stream_expect(console, "init: who started them goes on");
    expect(machine, "divide error", 1);
    expect(machine, "invalid opcode", 1);
    expect(machine, "breakpoint", 1);
    expect(machine, "page fault: read from 0x8, ", 1);
    expect(machine, "general protection fault", 8);
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "came back");
    stream_refuse(console, "check failed");
}
