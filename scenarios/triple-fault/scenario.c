/* A triple fault resets the machine, and the harness sees that it did.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The machine does not come up again: its log holds exactly one boot. That a reset nobody asked for
 * is a verdict of its own, with the processor's last state, is shown in the scenario `verdicts`.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    machine_expect_reset(machine);
    stream_refuse(console, "panic:");
    check(stream_count(console, "kernel: capOS") == 1, "one boot, not two");
}
