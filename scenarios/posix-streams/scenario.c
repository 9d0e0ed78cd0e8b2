/* Standard streams that another program serves: pipes, a terminal, a liar, and nobody.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Who serves stands in init.guest.c, what the program does in user.posix.c.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: pipe: ");
    stream_expect(console, "init: long: 20002 bytes written, at most 4000 at once");
    stream_expect(console, "init: mode: hidden lines");
    stream_expect(console, "user: a read that gets too much: ");
    stream_expect(console, "user: a write to nobody: Broken pipe");
    stream_expect(console, "init: killed: ");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
