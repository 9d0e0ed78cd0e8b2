/* Calls by the library: several under way and answered out of order, cancelled, late, refused with a reason.
 * SPDX-License-Identifier: Apache-2.0
 *
 * desk.capnp says what is called; desk.guest.c serves it.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: three calls under way: call 1 is answered");
    stream_expect(console, "init: three calls under way: call 2 is answered");
    stream_expect(console, "init: a call that is cancelled: malformed, cancelled");
    stream_expect(console, "init: a call that is refused: refused, the desk is closed today");
    stream_expect(console,
                  "with a reason of two lines and an escape sequence: refused, closed?init");
    stream_expect(console, "zzz [cut]");
    stream_expect(console, "past the library: refused, in use [its reason did not fit]");
    stream_expect(console,
                  "init: the desk as a timer: malformed, the capability has another interface");
    stream_expect(console, "init: a call after its end: refused, the other side is gone");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
