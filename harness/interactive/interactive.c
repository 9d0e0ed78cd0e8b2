/* The default system on this terminal: what `make run` starts.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A scenario whose body is a person. They get the terminal's port, or the console when there is no other.
 */
#include "harness/scenario.h"

#include <stdio.h>

SCENARIO
{
    struct machine *machine = machine_boot("machine");

    if (machine_has_serial(machine, "terminal"))
        printf("The kernel's log: %s/serial-console.log\n", run_folder());
    puts("Ctrl-A X ends the machine.");
    fflush(stdout);
    machine_join_terminal(
        machine,
        machine_serial(machine, machine_has_serial(machine, "terminal") ? "terminal" : "console"));
}
