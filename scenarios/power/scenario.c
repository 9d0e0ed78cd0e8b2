/* The kernel's three ends: power-off and reboot by ACPI, and halting for ever.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/scenario.h"

#include <string.h>

SCENARIO
{
    struct machine *off = machine_boot("off");
    machine_expect_off(off);

    struct machine *reboot = machine_boot("reboot");
    const char *const ends[] = {"kernel: power off$", "kernel: reboot$", "kernel: halt$", NULL};
    size_t end = stream_expect_any(machine_serial(reboot, "console"), ends);
    check(end == 1, "\"%s\", not \"%s\"", ends[1], ends[end]);
    machine_expect_reset(reboot);

    /* A halted machine says nothing more, so its processors are looked at until the last line is out. */
    struct machine *halt = machine_boot("halt");
    stream_expect(machine_serial(halt, "console"), "kernel: halt\n");
    const char *state;
    while (strstr(state = machine_diagnosis(halt), ": running"))
        machine_resume(halt);
    check(strstr(state, "processor 0: halted, interrupts off"), "a halted processor in:\n%s",
          state);
    check(strstr(state, "processor 1: halted, interrupts off"),
          "a second processor stopped for good in:\n%s", state);
}
