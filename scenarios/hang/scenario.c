/* A kernel that spins for ever: the harness shows where, on every processor.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Here the diagnosis is asked for; that it comes by itself when a scenario's time is up is shown in
 * the scenario `verdicts`.
 */
#include "harness/scenario.h"

#include <string.h>

static void shows(const char *diagnosis, const char *what)
{
    check(strstr(diagnosis, what), "\"%s\" in this diagnosis:\n%s", what, diagnosis);
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    stream_expect(machine_serial(machine, "console"), "kernel: time:");

    /* What is printed last comes before the spinning does, by an unknown number of instructions; a
     * function that is just being entered has not linked its caller's frame yet. */
    const char *diagnosis;
    do {
        diagnosis = machine_diagnosis(machine);
        machine_resume(machine);
    } while (!strstr(diagnosis, "spin_outer (") || !strstr(diagnosis, "provoke_spin ("));

    shows(diagnosis, "processor 0: running, interrupts off");
    shows(diagnosis, "provoke_spin (kernel/diag/provoke.c:");
    shows(diagnosis, "kernel_main (kernel/main.c:");
    shows(diagnosis, "RIP=");
    shows(diagnosis, "processor 1: halted, interrupts on");
    shows(diagnosis, "idle (kernel/arch/x86_64/traps.S:");
}
