/* Whoever uses up what he has is refused more, by kind; nobody else notices, and all comes back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * exhaust.guest.c uses things up, bomb.guest.c multiplies, nest.guest.c nests; sibling.guest.c does a little of
 * everything meanwhile, and fails when anything is refused to it. init compares its ledger before and after each.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: frames, by page tables: the ledger has no frames left");
    stream_expect(console, "init: objects, by threads: the ledger has no kernel objects left");
    stream_expect(console, "init: capabilities, by minting: the ledger has no capabilities left");
    stream_expect(console, "init: calls in flight: the ledger has no calls in flight left");
    stream_expect(console, "init: timers: the ledger has no timers left");
    stream_expect(console, "init: what it was given is back when it has ended");
    stream_expect(console, "init: a child with more frames than its parent has left: refused");
    stream_expect(console, "init: processes nest 32 deep, and no deeper");
    stream_expect(console, "init: a bomb of threads: each is refused");
    stream_expect(console, "init: a bomb of processes: each is refused");
    stream_expect(console, "init: all frames of the machine: the ledger has no frames left");
    stream_expect(console, "sibling: could do everything all the time");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
