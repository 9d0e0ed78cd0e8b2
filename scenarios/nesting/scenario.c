/* Processes in processes, as deep as they go, ended at once by the end of the outermost.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One processor, which has nothing else to do: whatever is left of them then would stay.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: 32 levels run, and the next was refused");
    stream_expect(console, "init: all have ended with the first");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
