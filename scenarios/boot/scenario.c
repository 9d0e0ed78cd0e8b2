/* The kernel boots by PVH, says what it found, and powers the machine off.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "kernel: capOS");
    stream_expect(console, "kernel: entered by PVH");
    stream_expect(console, "kernel: power off");
    machine_expect_off(machine);
}
