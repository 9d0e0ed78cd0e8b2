/* A manifest's processors, memory, disks, devices and serial ports are in the machine.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel drives none of these yet, so QEMU is asked.
 */
#include "harness/scenario.h"

#include <string.h>

static void shows(struct machine *machine, const char *command, const char *wanted)
{
    const char *answer = machine_monitor(machine, command);
    check(strstr(answer, wanted), "\"%s\" in QEMU's %s:\n%s", wanted, command, answer);
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");
    machine_serial(machine, "terminal"); /* the second port is there; nobody speaks on it yet */
    stream_expect(console, "memory: 299 MiB usable");
    stream_expect(console, "pause: press Enter");

    shows(machine, "info cpus", "CPU #3");
    shows(machine, "info block", "empty.img (raw)");
    shows(machine, "info block", "greeting.pcap (raw, read-only)");
    shows(machine, "info qtree", "virtio-rng-device");
    shows(machine, "info qtree", "dev: nvme");

    stream_type(console, "\r");
    machine_expect_off(machine);
}
