/* Ends of the system: by Power, by an essential service, when nothing runs, or not.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What init starts in each machine stands in the file of that name.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *told = machine_boot("told");
    struct stream *console = machine_serial(told, "console");
    stream_expect(console, "init: power off, as asker asks");
    stream_expect(console, "init: asker: was terminated");
    stream_expect(console, "init: second: was terminated");
    stream_expect(console, "init: first: was terminated");
    stream_expect(console, "kernel: init exited with code 0");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(told);

    struct machine *essential = machine_boot("essential");
    console = machine_serial(essential, "console");
    stream_expect(console, "init: ender: ended, exit code 7");
    stream_expect(console, "init: ender was essential: the system ends");
    stream_expect(console, "init: first: was terminated");
    stream_expect(console, "kernel: init exited with code 7");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(essential);

    struct machine *idle = machine_boot("idle");
    console = machine_serial(idle, "console");
    stream_expect(console, "init: broken: cannot be started: ");
    stream_expect(console, "init: ender: ended, exit code 5");
    stream_expect(console, "kernel: init exited with code 1");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(idle);

    struct machine *left = machine_boot("left");
    console = machine_serial(left, "console");
    stream_expect(console, "init: ender: ended, exit code 0");
    stream_expect(console, "init: no service runs any more\n");
    machine_unplug(left);
}
