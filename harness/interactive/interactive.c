/* The default system on this terminal: what `make run` starts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A scenario whose body is a person.
 */
#include "harness/scenario.h"

#include <stdio.h>

SCENARIO
{
    struct machine *machine = machine_boot("machine");

    fputs("Ctrl-A X ends the machine.\n", stdout);
    machine_join_terminal(machine, machine_serial(machine, "console"));
}
