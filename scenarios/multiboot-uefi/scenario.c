/* UEFI boots the kernel from the same ISO: options, memory, module and ACPI arrive.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The ISO is the one of multiboot-bios. GRUB has ended the firmware's boot services; what the
 * firmware keeps for its run time is some MiB of the machine's 128.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "BdsDxe: starting"); /* UEFI it is */
    stream_expect(console, "kernel: capOS");
    stream_expect(console, "entered by Multiboot2");
    stream_expect(console, "command line \"log-flood=3 colour=blue\"");
    stream_expect_match(console, "memory: 1[012]\\d MiB usable");
    stream_expect_match(console, "module 0: \\d+ bytes at 0x[0-9a-f]+, command line \"package\"");
    stream_expect(console, "init: came from the image");
    machine_expect_off(machine);
    check(stream_count(console, "kernel: capOS") == 1, "one boot, not two");
}
