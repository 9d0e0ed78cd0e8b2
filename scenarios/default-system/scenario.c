/* The default system in 16 MiB of memory: a prompt, a program, and the end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The package is the one that `make run` boots.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");
    struct stream *terminal = machine_serial(machine, "terminal");

    stream_expect(terminal, "capos> ");
    stream_type(terminal, "run hello\r");
    stream_expect(terminal, "hello, world\r\ncapos> ");
    stream_type(terminal, "call power.off\r");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
}
