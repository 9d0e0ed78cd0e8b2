/* Calls addressed to what earlier calls will bring: chains, order, moves, every end of either, and
 * denials.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A line for each attempt is in the golden; node.h says what the server does, sides.h what stands
 * for both sides.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "chains: its path is 42");
    stream_expect(console, "chains: the log says 123456789 before any of them is looked at");
    stream_expect(console, "chains: mapping memory of an allocator that is to come: done");
    stream_expect(console, "chains: its path is 7");
    stream_expect(console, "ends: each answered in turn:");
    stream_expect(console,
                  "ends: a thread ended with calls that wait, and nothing is left of them");
    stream_expect(console, "moves: releasing it: malformed, reserved by a transfer under way");
    stream_expect(console, "denials: 31 calls waited for it, and the kernel took no more");
    stream_expect(console, "poor: waiting for it as the fourth call: malformed");
    stream_expect(console, "large: all 29 were sent, in their order, and had no room there");
    stream_expect(console, "init: a session ended while calls waited: they ended with it");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
