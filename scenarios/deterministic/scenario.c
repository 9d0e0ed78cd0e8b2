/* Counting instructions instead of time, two runs are the same byte for byte, packets and their
 * times too.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel's log carries its times, so the same bytes mean the same instructions. For packets,
 * the machine's firmware asks for an address and a boot file (DHCP): a real protocol, without a
 * driver of ours.
 */
#include "harness/scenario.h"

/* Behind 8 bytes of UDP and 236 of BOOTP stand the cookie and the message type (RFC 2131, section
 * 3). */
#define DHCP_ACK "udp port 68 and udp[244:4] = 0x63825363 and udp[248:2] = 0x3501 and udp[250] = 5"

static void same_files(const char *name, const char *one, const char *other)
{
    const char *const cmp[] = {"cmp", text("%s/%s", run_folder(), one),
                               text("%s/%s", run_folder(), other), NULL};
    check(host_run(name, cmp) == 0, "%s and %s the same", one, other);
}

/* Waits until the firmware has its address, and keeps the four packets of that as a file. */
static void firmware_has_address(struct machine *firmware, const char *network)
{
    capture_expect(network, DHCP_ACK);
    machine_unplug(firmware);

    const char *const cut[] = {"editcap",
                               "-r",
                               text("%s/%s.pcap", run_folder(), network),
                               text("%s/%s-dhcp.pcap", run_folder(), network),
                               "1-4",
                               NULL};
    check(host_run(text("editcap-%s", network), cut) == 0, "the first four packets of %s", network);
}

SCENARIO
{
    machine_expect_off(machine_boot("kernel-1"));
    machine_expect_off(machine_boot("kernel-2"));
    same_files("cmp-serial", "serial-kernel-1.console.log", "serial-kernel-2.console.log");

    /* Side by side: what else the host does makes no difference to either. */
    struct machine *firmware_1 = machine_boot("firmware-1");
    struct machine *firmware_2 = machine_boot("firmware-2");
    firmware_has_address(firmware_1, "net1");
    firmware_has_address(firmware_2, "net2");
    same_files("cmp-packets", "net1-dhcp.pcap", "net2-dhcp.pcap");
}
