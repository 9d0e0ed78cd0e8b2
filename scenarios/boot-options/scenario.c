/* Command line and boot modules arrive in the kernel; what is wrong in them is named and ignored.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/scenario.h"

SCENARIO
{
    /* The kernel lists its own options. */
    struct machine *listed = machine_boot("listed");
    stream_expect(machine_serial(listed, "console"),
                  "option provoke: breaks the kernel on purpose");
    machine_expect_off(listed);

    /* A word that it does not know, and three bad values: each is named, none keeps it from
     * booting. */
    struct machine *wrong = machine_boot("wrong");
    struct stream *console = machine_serial(wrong, "console");
    stream_expect(console, "option \"colour\" is unknown, ignored");
    stream_expect(console, "option log-flood: \"many\" is not a number from 1 to 1000000, ignored");
    stream_expect(console, "option provoke: \"nothing\" is not one of none|panic|");
    stream_expect(console, "option at-end: \"\" is not one of poweroff|halt|reboot, ignored");
    machine_expect_off(wrong);

    /* A boot module of 415 bytes, seen with its exact length. */
    struct machine *module = machine_boot("module");
    stream_expect_match(machine_serial(module, "console"), "module 0: \\d+ bytes at 0x[0-9a-f]+,");
    machine_expect_off(module);
}
