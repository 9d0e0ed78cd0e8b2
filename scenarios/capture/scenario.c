/* Frames put on a wire stand in its capture, its transcript, and in Wireshark's reading of it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel has no network driver yet. The machine's card (an rtl8139, which takes and drops
 * frames while nobody drives it) and QEMU's own announcement of the card's address make both
 * directions real.
 */
#include "harness/scenario.h"

#include <string.h>

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");
    stream_expect(console, "pause: press Enter");

    /* To the machine: ordinary frames, and frames that lie about themselves. */
    check(wire_send_file("net0", "fixtures/frames/greeting.pcap") == 4,
          "four frames in the fixture");
    check(wire_send_file("net0", "fixtures/frames/hostile.pcap") == 6, "six frames in the fixture");
    wire_expect_taken("net0");

    /* From the machine: reverse ARP with the card's address (RFC 903), broadcast. */
    size_t len;
    machine_monitor(machine, "announce_self");
    const uint8_t *frame = wire_expect("net0", "rarp and ether src 52:54:00:00:00:00", &len);
    check(len >= 42 && memcmp(frame, "\xff\xff\xff\xff\xff\xff", 6) == 0, "a broadcast frame");

    stream_type(console, "\r");
    machine_expect_off(machine);

    /* What Wireshark makes of it: the protocols and the length of each frame. */
    const char *const tshark[] = {
        "sh", "-c",
        "tshark -n -r $0/net0.pcap -c 10 -T fields -e frame.protocols -e frame.len 2>$0/tshark.err",
        run_folder(), NULL};
    check(host_run("tshark", tshark) == 0, "tshark reads the capture");
}
