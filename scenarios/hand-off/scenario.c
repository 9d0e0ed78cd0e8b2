/* A call goes straight to a server that waits, in order, and never ahead of who is more important.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The threads of init.guest.c call each other. What concerns who runs is proved on one processor,
 * the rest on two as well.
 */
#include "harness/scenario.h"

static void prove(const char *name, bool alone)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: calls are received in the order in which they were made");
    stream_expect(console, "init: receivers get calls in the order in which they began to wait");
    if (alone) {
        stream_expect(console, "init: a server of lower priority has let a bystander go first");
        stream_expect(console, "init: a bystander of the same priority has had its share");
    }
    stream_expect(console, "init: 4 clients, 3 servers, 2000 calls: each answered with its own");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}

SCENARIO
{
    prove("one", true);
    prove("two", false);
}
