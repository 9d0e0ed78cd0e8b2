/* A program of the C library: arguments, environment, memory, time, entropy, streams, signals,
 * ends. SPDX-License-Identifier: Apache-2.0
 *
 * What it does stands in hello.posix.c, who starts it in init.guest.c.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "hello: argument 2: two words");
    stream_expect(console, "init: hello: exit code 7");
    stream_expect(console, "hello: a line that is not complete");
    stream_expect(console, "init: abort: exit code 134");
    stream_expect(console, "init: too many arguments: exit code 126");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
