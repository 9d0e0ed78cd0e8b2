/* Processes: granted capabilities, arguments, refusals, ends by exit, fault and force, waits.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in the programs beside this one; child.h says how their children end. A line for each is in the
 * golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "granted: the parent's processes: no such capability");
    stream_expect(console, "granted: 8192 handles tried: 2 capabilities, which were granted");
    stream_expect(console, "refusals: an image that there is not: refused");
    stream_expect(console, "refusals: 33 grants: refused");
    machine_expect_fault(machine, "\\(child\\): invalid opcode at instruction");
    machine_expect_fault(machine, "\\(child\\): divide error at instruction");
    machine_expect_fault(machine, "\\(child\\): general protection fault at instruction");
    machine_expect_fault(machine, "\\(child\\): page fault: read from 0x500000000000, not mapped, "
                                  "at instruction");
    machine_expect_fault(machine, "\\(child\\): breakpoint at instruction");
    stream_expect(console, "ends: one whose three threads compute: was terminated");
    stream_expect(console, "waits: the second who waits: done");
    stream_expect(console, "child: waiting for oneself: refused");
    stream_expect(console, "init: a process in a process, 5 deep");
    stream_expect(console, "init: a child whose parent has ended: has ended with it");
    stream_expect(console, "kernel: init exited with code 0");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
    stream_refuse(console, "still here");
}
