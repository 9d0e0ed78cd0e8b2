/* Two machines on one segment: what one sends, the other's network card takes.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/scenario.h"

SCENARIO
{
    struct machine *left = machine_boot("left");
    struct machine *right = machine_boot("right");
    stream_expect(machine_serial(left, "console"), "pause: press Enter");
    stream_expect(machine_serial(right, "console"), "pause: press Enter");

    /* QEMU announces the address of the left card, then of the right one; each reaches the other.
     */
    size_t len;
    machine_monitor(left, "announce_self");
    wire_expect("lan", "rarp and ether src 52:54:00:00:00:00", &len);
    wire_expect_taken("lan");
    machine_monitor(right, "announce_self");
    wire_expect("lan", "rarp and ether src 52:54:00:00:01:00", &len);
    wire_expect_taken("lan");

    stream_type(machine_serial(left, "console"), "\r");
    stream_type(machine_serial(right, "console"), "\r");
    machine_expect_off(left);
    machine_expect_off(right);
}
