/* Sessions of processes: inherited from parents, chosen by launchers, and changed by nothing else.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "who" tells each caller how an endpoint knows its session. "member" asks it, claims to be
 * somebody else by whatever a caller can write or hold, asks again, and starts children that do the
 * same.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: it has the fields that it was made with");
    stream_expect(console, "init: a child by ProcessSpawner, and 3 generations below it");
    stream_expect(console, "init: a child by the launcher of ada, and 3 generations below it");
    stream_expect(console, "member: holds a UserSession of ada");
    stream_expect(console, "init: one of bob's with ada's UserSession");
    stream_expect(console, "init: a spawn into it: refused");
    stream_expect(console, "init: nothing is left over");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
