/* One processor, with and without a local APIC: sleeps, time slices and priorities are the same.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Without it the PIC and the PIT do its work. The attempts stand in init.guest.c, and a line for
 * each in the goldens.
 */
#include "harness/scenario.h"

static void prove(const char *name, const char *interrupts, const char *timer)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, interrupts);
    stream_expect(console, timer);
    stream_expect(console, "kernel: processors: 1 of 1 run");
    stream_expect(console, "init: sleeps of 0 to 200 ms: none ends early");
    stream_expect(console, "init: two threads that never wait: ");
    stream_expect(console, "init: a thread of a lower priority: ");
    stream_expect(console, "init: one processor is enough");
    stream_expect(console, "kernel: leak check: every frame and object is back");
    machine_expect_off(machine);
    stream_refuse(console, "check failed");
}

SCENARIO
{
    prove("apic", "kernel: interrupts: local APIC", "kernel: timer: local APIC, one shot");
    prove("pic", "kernel: interrupts: PIC and PIT, no local APIC", "kernel: timer: PIT");
}
