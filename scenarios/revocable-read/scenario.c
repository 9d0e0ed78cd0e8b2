/* A document is lent, read, passed on, and taken back in the middle of a read.
 * SPDX-License-Identifier: Apache-2.0
 *
 * "library" serves it, init owns it and lends it to "reader", who passes it on to "third". It is
 * lent twice: what was taken back stays so, and the next loan has nothing to do with it.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    for (int i = 0; i < 2; i++) {
        stream_expect(console, "reader: reading: done");
        stream_expect(console, "init: taking it back: done");
        stream_expect(console,
                      "reader: the slow read, which was revoked meanwhile: refused, revoked");
        stream_expect(console, "reader: describing it: forwarded, revoked");
        stream_expect(console, "init: reading the document itself: done");
    }
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    check(stream_count(
              console,
              "third: reading it when the owner has revoked the reader's: refused, revoked") == 2,
          "the third reader, twice");
    stream_refuse(console, "check failed");
}
