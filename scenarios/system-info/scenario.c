/* The system counts what is in use: each kind goes up by one, and down again.
 * SPDX-License-Identifier: Apache-2.0
 *
 * init makes one of each while nobody else is there, so every count is exact.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: capOS 0.1.0 on 2 processors");
    stream_expect(console, "init: a call in flight: endpoints +1, calls +1");
    stream_expect(console, "init: 100 pages unmapped: 100 frames less in the ledger");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
