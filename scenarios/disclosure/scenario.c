/* What a server learns of its callers' sessions: each request by each client, and what nobody may
 * know.
 * SPDX-License-Identifier: Apache-2.0
 *
 * init serves, and prints for each call what it was told.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: asked to tell everything, may tell nothing: told nothing");
    stream_expect(console, "init: asked to tell nothing, may tell everything: told nothing");
    stream_expect(console, "init: asked to tell everything, may tell everything: told principal");
    stream_expect(console, "init: a caller of bob, who has none:");
    stream_expect(console, "init: a caller of the system, which has no fields:");
    stream_expect(console, "init: the subject of a call whose session has ended: refused");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
    stream_refuse(console, "root");
}
