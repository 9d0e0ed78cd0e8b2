/* A process can ask what its own handles mean, and nobody else's.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The attempts stand in init.guest.c, and in stranger.guest.c those of a process that has only two
 * capabilities; a line for each is in the golden.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: the right to answer: object, cannot be passed on");
    stream_expect(console, "init: passing it on: malformed");
    stream_expect(console, "stranger: the parent's timer: refused");
    stream_expect(console, "rich: 32 capabilities came along with one call");
    stream_expect(console, "init: each handle says what it is");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
