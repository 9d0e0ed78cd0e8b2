/* init with as many services, exports and grants as there can be.
 * SPDX-License-Identifier: Apache-2.0
 *
 * limits.py makes the manifest, which init reads in several chunks.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: client-6: started");
    stream_expect(console, "witness: granted: a console and 31 timers");
    stream_expect(console, "init: witness was essential: the system ends");
    stream_expect(console, "init: server-0: was terminated");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
