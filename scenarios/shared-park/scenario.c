/* Words of a memory object: waiting and waking across mappings and processes, and whatever ends
 * that.
 * SPDX-License-Identifier: Apache-2.0
 *
 * mappings.guest.c tries what one process can do, processes.guest.c what two can, with
 * peer.guest.c; a line for each attempt is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "mappings: waiting at one mapping, waking at the other: 1 woken");
    stream_expect(console,
                  "mappings: an unmapped word: whoever waits there is woken at the other mapping");
    stream_expect(console, "mappings: the last to know the memory waits: it is kept");
    stream_expect(console, "processes: waiting here, waking in another process: 1 woken");
    stream_expect(console, "processes: the same address in another process, other memory: 0 woken");
    stream_expect(console, "processes: a waiting process that is terminated: 0 woken");
    stream_expect(console, "processes: a mutex, 2 processes");
    stream_expect(console, "processes: 5000 turns");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
