/* Calls between processes: cookies, late answers, capabilities, refusals, and ends of either side.
 * SPDX-License-Identifier: Apache-2.0
 *
 * service.h says what the server does; the programs that call it stand beside it, one subject each. A line for each
 * attempt is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "calls: 2000 calls, each answered with its own sum");
    stream_expect(console, "calls: receiving with a client: malformed");
    stream_expect(console, "server: answering once more: malformed");
    stream_expect(console, "init: 4 clients at once: each call came with its own client's cookie");
    stream_expect(console, "deferred: call 4 is answered");
    stream_expect(console, "deferred: call 1 is answered");
    stream_expect(console, "deferred: a caller was terminated while its call was served");
    stream_expect(console, "capabilities: the server read 41 there, and left 42");
    stream_expect(console, "ends: a call whose server is terminated: refused");
    stream_expect(console, "forger: receiving with one that was minted so: malformed");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
