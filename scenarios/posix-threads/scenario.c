/* Threads of POSIX on 1 and 4 processors: locks, waits, cancellation, and ends that leave nothing.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the threads do stands in locks.posix.c, lives.posix.c, cancelled.posix.c and overflow.posix.c.
 */
#include "harness/scenario.h"

static void run(const char *name)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "locks: 8 threads count to 40000");
    stream_expect(console, "locks: 70 threads wait for one condition");
    stream_expect(console, "lives: 300 detached threads come and go");
    stream_expect(console, "lives: the last thread's end is the end of the process");
    stream_expect(console, "cancelled: nothing is left of them");
    machine_expect_fault(machine, "\\(overflow\\): page fault: write to 0x[0-9a-f]+, not allowed");
    stream_expect(console, "init: threads do what is expected of them");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}

SCENARIO
{
    run("one");
    run("four");
}
