/* Sessions that end while their programs call, wait in line, are being answered, or read a line.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The program "user" attempts everything; init ends its session and prints what it noted.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");
    struct stream *terminal = machine_serial(machine, "terminal");

    stream_expect(console, "init: the same call: refused, the session has ended");
    stream_expect(console,
                  "init: receiving a call of an ended session: malformed, no answer in time");
    stream_expect(console, "init: the call in line: refused, the session has ended");
    stream_expect(console, "init: type a line");
    stream_type(terminal, "mine\r");
    stream_expect(console, "init: it is: mine");
    stream_expect(console, "init: a line being read: refused");
    stream_expect(console, "init: a call that is being served when the session expires: refused");
    stream_expect(console, "init: 16 others have heard of it");
    stream_expect(console, "init: nothing is left over");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
    stream_refuse(console, "I am here");
}
