/* Capabilities revoked with all that was copied and derived, whoever holds them and whatever is
 * under way.
 * SPDX-License-Identifier: Apache-2.0
 *
 * chains.guest.c derives from what was derived, kinds.guest.c tries each operation with what was
 * revoked, under_way.guest.c revokes in the middle of one, holders.guest.c what a thousand hold. A
 * line for each attempt is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "chains: revoking the fourth: it and all behind it are revoked");
    stream_expect(console, "chains: revoking the last one: the memory is given back");
    stream_expect(console, "kinds: calling by a client that was revoked: refused, revoked");
    stream_expect(console,
                  "kinds: receiving by a server's side that was revoked: malformed, revoked");
    stream_expect(console, "under_way: using what was to move with it: done");
    stream_expect(console, "under_way: a wait that was revoked, when the signal comes: malformed");
    stream_expect(console, "holders: revoking what a thousand hold: done");
    stream_expect(console, "holders: asking the timer itself: done");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    check(stream_count(console, "holder: 200 copies and 20 derived from them: all were good") == 3,
          "three holders");
    stream_refuse(console, "check failed");
}
