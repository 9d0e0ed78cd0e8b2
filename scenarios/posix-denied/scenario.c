/* The C library with each grant withheld: the errors that POSIX names; files and sockets are
 * absent. SPDX-License-Identifier: Apache-2.0
 *
 * What is tried stands in the *.posix.c: what came of it, line by line, in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: absent without nothing: exit code 0");
    stream_expect(console, "init: raw without nothing: exit code 0");
    stream_expect(console, "init: full without nothing: exit code 0");
    stream_expect(console, "init: places without nothing: exit code 0");
    stream_expect(console, "init: tries without nothing: exit code 1");
    stream_expect(console, "init: tries without thread: exit code 126");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "never seen");
}
