/* Threads: begin, end, join, detach, priorities, hundreds of them, and how a process ends with them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in init.guest.c, what ends a process in ends.guest.c, what uses up a budget in
 * many.guest.c; a line for each is in the golden.
 */
#include "harness/scenario.h"

/* What the kernel reports of ends.guest.c, in the order of init.guest.c. */
static const char *const faults[] = {
    "page fault: read from 0x0, not mapped",
    "divide error",
    "invalid opcode",
    "general protection fault",
    "page fault: write to 0x[0-9a-f]+, not allowed",
    "page fault: fetch from 0x500000000000, not mapped",
    "page fault: fetch from 0x[0-9a-f]+, not allowed",
    "page fault: write to 0xfffffffffffffff8, not mapped",
};

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: thread-local variables: each thread has its own");
    stream_expect(console, "init: a thread that joins itself: refused");
    stream_expect(console, "init: a priority above the creator's: refused");
    stream_expect(console, "init: 100 threads, one after another: ");
    stream_expect(console, "init: as many threads as there are objects for: ");
    stream_expect(console, ": the last thread ends: exited, 77");
    stream_expect(console, "init: a stack that overflows: fault, 14");
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        machine_expect_fault(machine, text("\\(ends\\): %s,? at", faults[i]));
    stream_expect(console, "init: nobody is the worse for it");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
