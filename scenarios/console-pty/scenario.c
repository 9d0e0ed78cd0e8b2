/* A pexpect script talks to the machine over a pseudo-terminal, and to a program of the host.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct program *talk = script_start("talk.expect.py", machine_serial(machine, "console"));

    script_expect_success(talk);
    machine_expect_off(machine);
}
