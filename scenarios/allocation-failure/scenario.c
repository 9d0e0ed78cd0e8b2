/* Whichever allocation of the kernel's fails: a typed error, nothing is left behind, nothing hangs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel is the one that fails to allocate on demand (kernel/inject). init.guest.c lets
 * allocation 1, 2, and so on fail while it does each step of steps.h, and compares ledger, frames
 * and objects before and after.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect_match(console, "init: calls that are in line: each of \\d+ allocations failed");
    stream_expect_match(console,
                        "init: the same in a new process: each of \\d+ allocations failed");
    stream_expect(console, "init: frames, and objects of each pool in use, were refused");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
