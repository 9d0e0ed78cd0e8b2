/* init: services in the order of their needs, with just what the manifest grants them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A guest rings at a door, whose service writes into the book of another one. A stranger tries to
 * reach any of that. The manifest is system.json.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: archive: started");
    stream_expect(console, "init: door: started");
    stream_expect(console, "init: guest: started");
    stream_expect(console, "init: stranger: started");
    stream_expect(console, "visitor: Bob: welcome Bob, you are number 2");
    stream_expect(console, "init: guest: ended, exit code 0");
    stream_expect(console, "stranger: 8192 handles tried: 3 are capabilities");
    stream_expect(console, "init: stranger was essential: the system ends");
    stream_expect(console, "init: archive: was terminated");
    stream_expect(console, "kernel: init exited with code 0");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
