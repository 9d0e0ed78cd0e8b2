/* Channels in shared memory: bulk streams, waiting on both sides, beside other operations, and
 * ends.
 * SPDX-License-Identifier: Apache-2.0
 *
 * init.guest.c consumes, and source.guest.c, another process, produces; a line for each attempt is
 * in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: 20000 messages of 0 to 1496 bytes, 64 slots: ");
    stream_expect(console, "init: 3000 messages of 0 to 40 bytes, 2 slots: ");
    stream_expect(console, "init: 2000 there and back");
    stream_expect(console, "init: waiting for a message and a time at once");
    stream_expect(console, "init: a producer that closes");
    stream_expect(console, "init: a producer that is terminated");
    stream_expect(
        console, "source: sending when the consumer has closed: malformed, the other side is gone");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
