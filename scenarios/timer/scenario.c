/* Time: it only goes on, sleeps never end early, each deadline is paid for and can be taken back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in init.guest.c, and in limited.guest.c those on a small budget; a line for
 * each is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: 1000 times the time: ");
    stream_expect(console, "init: sleeps of 0 to 5 ms: ");
    stream_expect(console, "init: 90 sleeps that end at the same time: ");
    stream_expect(console, "init: a sleep until 2^64 - 1: ");
    stream_expect(console, "limited: the sleep after the last one paid for: refused");
    stream_expect(console, "init: time goes on, and nothing is left to wait for");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
