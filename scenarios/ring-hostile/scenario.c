/* Every lie that can be told in a ring is refused, and nobody else notices.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The lies stand in the programs beside this one; a line for each is in the golden. A sibling
 * process looks on.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "sibling: here, and watching");
    stream_expect(console, "fields: NOP with flags: malformed");
    stream_expect(console, "fields: CALL with results beyond the arena: malformed");
    stream_expect(console, "indices: submission tail 33 ahead: ");
    stream_expect(console, "handles: a handle after its release: malformed");
    stream_expect(console, "races: 20000 calls while another thread rewrites them: ");
    stream_expect(console, "sibling: nothing has happened here");
    stream_expect(console, "init: as alive as before");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
