/* Scopes of capabilities, each tried by every way on which a capability can go.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "init" makes them and gives them to "holder", in ada's session. "kin" is in the same session,
 * "stranger" in bob's, init in the system's.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: asking the holder for its same-session one: refused");
    stream_expect(console, "holder: same-session, sent to one of another session: refused");
    stream_expect(console,
                  "holder: same-session, granted by a launcher of another session: refused");
    stream_expect(console, "holder: regrant, sent to a process of its session: refused");
    stream_expect(console, "holder: regrant, granted by a launcher of another session: done");
    stream_expect(console, "holder: user-session, moved to one of another session: refused");
    stream_expect(console, "holder: the derived one, sent to another session: refused");
    stream_expect(console, "init: nothing is left over");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
