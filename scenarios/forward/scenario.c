/* A free port of the host leads to a port of the guest, and the capture shows who knocks.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nobody answers in the guest yet: QEMU's NAT asks for its hardware address, which is what the
 * packet golden holds. Both ports were chosen by the host, so any number of runs go on side by
 * side.
 */
#include "harness/scenario.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

static int knock(unsigned port)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    check(connect(fd, (struct sockaddr *)&address, sizeof address) == 0, "port %u open", port);
    return fd;
}

SCENARIO
{
    struct machine *machine = machine_boot("machine");
    struct stream *console = machine_serial(machine, "console");
    unsigned tcp = machine_port(machine, "tcp", 2327), udp = machine_port(machine, "udp", 69);
    check(tcp && udp && tcp != udp, "two ports of the host, not %u and %u", tcp, udp);

    stream_expect(console, "pause: press Enter");
    int fd = knock(tcp);
    capture_expect("net0", "arp dst host 10.0.2.15");
    close(fd);

    stream_type(console, "\r");
    machine_expect_off(machine);
}
