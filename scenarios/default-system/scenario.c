/* The default system in 16 MiB of memory: a prompt, a program, and the end; and without a terminal.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The package is the one that `make run` boots.
 */
#include "harness/scenario.h"

static void expect_end(struct machine *machine)
{
    stream_expect(machine_serial(machine, "console"),
                  "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}

SCENARIO
{
    struct machine *whole = machine_boot("whole");
    struct stream *terminal = machine_serial(whole, "terminal");

    stream_expect(terminal, "capos> ");
    stream_type(terminal, "run hello\r");
    stream_expect(terminal, "hello, world\r\ncapos> ");
    stream_type(terminal, "call power.off\r");
    expect_end(whole);

    /* There is nobody to talk to: the shell says so, and the system ends. */
    expect_end(machine_boot("mute"));
}
