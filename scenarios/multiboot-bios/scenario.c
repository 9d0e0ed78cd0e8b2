/* A BIOS boots the kernel from an ISO by GRUB: options, memory, module and ACPI arrive.
 * SPDX-License-Identifier: Apache-2.0
 *
 * fixtures/images/multiboot.mk says what is on the ISO. Power goes off by ACPI, so the root pointer
 * arrived, too.
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, "kernel: capOS");
    stream_expect(console, "entered by Multiboot2");
    stream_expect(console, "command line \"log-flood=3 colour=blue\"");
    stream_expect_match(console, "memory: 6[234] MiB usable"); /* of 64 */
    stream_expect_match(console, "module 0: \\d+ bytes at 0x[0-9a-f]+, command line \"package\"");
    stream_expect(console, "init: came from the image");
    machine_expect_off(machine);
    check(stream_count(console, "kernel: capOS") == 1, "one boot, not two");
}
