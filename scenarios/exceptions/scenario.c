/* Three kinds of errors, told apart over two hops: exceptions keep type, code and reason.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "init" calls "middle", which calls "back" in turn (hops.h) and passes on what it hears. A line
 * for each attempt is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: overloaded: refused, back says 1");
    stream_expect(console, "init: stale session: refused, back says 5");
    stream_expect(console, "init: with no room for the reason on the way: refused, in use");
    stream_expect(console, "init: a refusal of the kernel's: refused, an argument is out of range");
    stream_expect(console,
                  "init: a right to answer that is dropped: refused, the other side is gone");
    stream_expect(console, "init: a domain error is a result: done, and the field says 7");
    stream_expect(console, "init: outside the arena: malformed, outside the arena, or not aligned");
    stream_expect(console, "init: of all these 12 calls have come to back");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
