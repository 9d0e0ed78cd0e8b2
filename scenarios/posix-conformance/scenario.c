/* The C library: strings, numbers, mathematics, sorting, calendars, UTF-8, regular expressions.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each program prints what is not as expected. They run on the host, too, as a host test.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "strings: ");
    stream_expect(console, "numbers: ");
    stream_expect(console, "maths: ");
    stream_expect(console, "data: ");
    stream_expect(console, "texts: ");
    stream_expect(console, "init: the C library does what is expected of it");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "not so");
}
