/* Channels whose other side lies in every field, changes messages under our eyes, and dies.
 * SPDX-License-Identifier: Apache-2.0
 *
 * liar.guest.c tells the lies, one a run; init.guest.c says what came of each, and that its own
 * memory is as it was.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: a producer's index far ahead: malformed, the ring's indices lie");
    stream_expect(console, "init: a length of 4 GiB: malformed, impossible length");
    stream_expect(console, "init: lengths and indices that change all the time: a lie is found");
    stream_expect(console, "init: our own side written over");
    stream_expect(console, "init: bells and requests without end: 8 messages came, then the end");
    stream_expect(console,
                  "init: a consumer's index ahead of ours: malformed, the ring's indices lie");
    stream_expect(console, "init: a process that dies: malformed, the other side is gone");
    stream_expect(console,
                  "init: a consumer that never takes anything: malformed, no answer in time");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
