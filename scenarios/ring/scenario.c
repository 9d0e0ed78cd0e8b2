/* The ring of a thread: batches, order, minimum completions, deadlines, credits, cancelling.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts and what must come of them stand in init.guest.c; a line for each is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: 32 operations in one cap_enter: ");
    stream_expect(console, "init: three sleeps, longest first: ");
    stream_expect(console, "init: at least 2 of 3: ");
    stream_expect(console, "init: a deadline in the future: ");
    stream_expect(console, "init: 33 operations that wait: ");
    stream_expect(console, "init: cancelling a sleep: ");
    stream_expect(console, "init: no such operation: malformed");
    stream_expect(console, "init: everything about the ring is as it should be");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
