/* Each end of a call at each of its stages: both sides are told, and nothing is left.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A call stands in line, is being served, or is answered with its completion not consumed yet; then
 * it is cancelled, its deadline passes, the endpoint is closed, its caller dies, or its server.
 * init.guest.c goes through all of them, with peer.guest.c as the one who dies; a line for each is
 * in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: cancelled in line: malformed, cancelled");
    stream_expect(console, "init: its deadline passed when it was being served: malformed");
    stream_expect(console, "init: answering that: malformed, cancelled");
    stream_expect(console, "init: the endpoint closed when it was answered: done");
    stream_expect(console,
                  "init: its caller died in line, and receiving it: malformed, no answer in time");
    stream_expect(console, "init: its server died when it was being served: refused");
    stream_expect(console, "init: 90 calls in line, and the endpoint closed: each refused");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
