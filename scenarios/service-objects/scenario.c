/* Objects that a service gives out: a call is for the object that its capability is for, and for no
 * other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * cabinet.guest.c serves drawers, each of them an object of its table; init.guest.c uses them,
 * heir.guest.c is given one and passes it on.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: drawer one: 11");
    stream_expect(console, "init: drawer two: 22");
    stream_expect(
        console,
        "init: with the cookie and the label of the other one: drawer one, its own cookie: yes");
    stream_expect(console, "init: the drawer as a cabinet: malformed");
    stream_expect(console, "heir: the grandchild gives the drawer up: done");
    stream_expect(console, "heir: the child looks into it after that: refused");
    stream_expect(console, "init: and so does init: refused");
    stream_expect(console, "init: a drawer that had yet to come: soon: 55");
    stream_expect(console, "init: a look into a drawer that does not come: refused, a long label");
    stream_expect(console, "init: memory of the kernel's that had yet to come: 3 pages");
    stream_expect(console, "init: a new drawer: the same slot: yes, the same cookie: no");
    stream_expect(console, "init: the old client gives the new drawer up: refused");
    stream_expect(console, "its first client is refused 1000 times");
    stream_expect(console, "init: one drawer too many: refused");
    stream_expect(console, "init: a drawer after that: refused, the other side is gone");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
