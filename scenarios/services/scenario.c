/* init's directory of services, and a client that calls it in every wrong way.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The pest does so twice, for it is started again. Then another one asks init how the services are.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "init: lost: cannot be started: ");
    stream_expect(console, "pest: the interface of power: malformed");
    stream_expect(console, "pest: a hundred calls with 32 capabilities each: done");
    stream_expect(console, "pest: ending with 24 calls in flight");
    stream_expect(console, "init: pest: ended, exit code 0; restart 1 of 1 in 1 ms");
    stream_expect(console, "pest: ending with 24 calls in flight");
    stream_expect(console, "init: pest: ended, exit code 0; given up, restarts 1 of 1");
    stream_expect(console, "judge: pest (pest): failed, restarts 1");
    stream_expect(console, "kernel: init exited with code 0");
    stream_expect(console, "leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}
