/* A service that knows its callers by their sessions, and nothing by what they say.
 * SPDX-License-Identifier: Apache-2.0
 *
 * office.guest.c counts the calls of each session; caller.guest.c runs twice in Ann's and once in
 * Bob's.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "caller: open, disclosing nothing: call 1 of somebody");
    stream_expect(console, "caller: open, disclosing: call 2 of Ann");
    stream_expect(console, "caller: quiet, disclosing: call 3 of somebody");
    stream_expect(console, "caller: open, disclosing nothing: call 1 of somebody");
    stream_expect(console, "caller: open, disclosing: call 2 of Bob");
    stream_expect(console, "caller: open, disclosing nothing: call 4 of somebody");
    stream_expect(console, "caller: open, disclosing: call 5 of Ann");
    stream_expect(console, "init: a ticket, without room for it: malformed");
    stream_expect(console, "init: tickets left: 1");
    stream_expect(console, "init: a ticket: done");
    stream_expect(console, "init: tickets left: 0");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
