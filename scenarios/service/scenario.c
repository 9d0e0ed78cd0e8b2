/* A service by the library's kit: what its clients get, and what they cannot do to it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * tally.capnp says what the service offers; tally.guest.c serves it, with one thread or two.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: a client whose cookie the service does not know: refused");
    stream_expect(
        console, "init: two clients, 1000 calls of each: 500500 on one account, 1000 on the other");
    stream_expect(console, "init: a method that the service leaves out: refused");
    stream_expect(console, "that the service ignores: it holds none of them");
    stream_expect(console, "that the client ignores: nobody holds them");
    stream_expect(console, "init: 3 calls, answered by a later one");
    stream_expect(console, "the service lives and holds nothing");
    stream_expect(console, "init: one that waited for an answer: refused, the other side is gone");
    stream_expect(console,
                  "init: a service of two threads: two calls that wait for each other meet");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
