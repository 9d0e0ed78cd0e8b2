/* Boot packages that are spoilt: the kernel says why, and powers off.
 * SPDX-License-Identifier: Apache-2.0
 *
 * guests.mk makes them. Each line below is a machine of its own.
 */
#include "harness/scenario.h"

static void expect_refused(const char *name, const char *why)
{
    struct machine *machine = machine_boot(name);
    struct stream *console = machine_serial(machine, "console");

    stream_expect(console, why);
    stream_expect(console, "kernel: power off");
    machine_expect_off(machine);
    check(stream_count(console, "init: ") == stream_count(console, "start init: "),
          "no program that ran");
}

SCENARIO
{
    expect_refused("flipped", "kernel: cannot start init: wrong checksum\n");
    expect_refused("truncated", "kernel: the boot package is refused: malformed contents: ");
    /* The loader passes nothing on that has no bytes. */
    expect_refused("empty", "kernel: no boot modules\n");
    expect_refused("noise", "kernel: the boot package is refused: malformed contents: "
                            "the package is not a flat Cap'n Proto message\n");
    expect_refused("no-init", "kernel: cannot start init: not found\n");
    expect_refused("twins", "kernel: the boot package is refused: malformed contents: "
                            "two images have the same name\n");
    expect_refused("framed", "kernel: the boot package is refused: malformed contents: "
                             "the package is a framed message, not a flat one\n");
    expect_refused("no-elf", "kernel: cannot start init: wrong signature: not an ELF file\n");
}
