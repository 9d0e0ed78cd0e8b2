/* Notifications: bits that are signalled and waited for, beside calls, and every end of a wait.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in the guest programs, one subject each; a line for each attempt is in the
 * golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "bits: the same bit three times, nobody waiting: taken once");
    stream_expect(console, "bits: a signal of bits 0 to 63: 64 who wait have one each");
    stream_expect(console, "denied: waiting with the signaller: malformed");
    stream_expect(console, "denied: waiting with one that a server called so: malformed");
    stream_expect(console, "ends: a wait that is cancelled");
    stream_expect(console, "ends: a waiting process that is terminated");
    stream_expect(console, "limited: a wait without means for one more operation: malformed");
    stream_expect(console, "beside: one thread");
    stream_expect(console, "beside: 5000 signals and as many back");
    stream_expect(console, "init: nothing is left over: the ledger is as before");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
