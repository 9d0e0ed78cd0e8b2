/* Packet transcripts, from captures made here.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/transcript/packets.h"

#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <arpa/inet.h>
#include <pcap/pcap.h>

static const char guest[6] = "\x52\x54\0\0\0\0";
static const char host[6] = "\x52\x55\x0a\0\x02\x02";

/* The capture being written. */
static pcap_dumper_t *capture;
static unsigned seconds;

static void begin(const char *path)
{
    pcap_t *form = pcap_open_dead(DLT_EN10MB, 65535);
    capture = pcap_dump_open(form, path);
    pcap_close(form);
    if (!capture)
        exit(2);
}

static void put(const void *data, size_t len)
{
    struct pcap_pkthdr header = {
        .ts = {.tv_sec = seconds++}, .caplen = (unsigned)len, .len = (unsigned)len};
    pcap_dump((unsigned char *)capture, &header, data);
}

static void add16(struct buffer *b, unsigned value)
{
    uint16_t wire = htons((uint16_t)value);
    buffer_add(b, &wire, 2);
}

static void add32(struct buffer *b, uint32_t value)
{
    uint32_t wire = htonl(value);
    buffer_add(b, &wire, 4);
}

static void put_frame(bool from_guest, unsigned type, const void *data, size_t len)
{
    struct buffer b = {0};
    buffer_add(&b, from_guest ? host : guest, 6);
    buffer_add(&b, from_guest ? guest : host, 6);
    add16(&b, type);
    buffer_add(&b, data, len);
    put(b.data, b.len);
    buffer_fini(&b);
}

/* An IPv4 packet between 10.0.2.15 and 10.0.2.2. */
static void put_ip(bool from_guest, unsigned protocol, const struct buffer *payload)
{
    static uint16_t id;
    struct buffer b = {0};
    add16(&b, 0x4500);
    add16(&b, 20 + (unsigned)payload->len);
    add16(&b, ++id);
    add16(&b, 0);
    add16(&b, 64 << 8 | protocol);
    add16(&b, 0);
    add32(&b, from_guest ? 0x0a00020f : 0x0a000202);
    add32(&b, from_guest ? 0x0a000202 : 0x0a00020f);
    buffer_add(&b, payload->data, payload->len);
    put_frame(from_guest, 0x0800, b.data, b.len);
    buffer_fini(&b);
}

/* What differs between the segments of the tests. */
struct segment {
    bool from_guest;
    unsigned from, to;
    uint32_t seq, ack;
    unsigned flags, window;
    uint32_t stamp;
    const char *data;
};

#define SYN 2
#define RST 4
#define PSH 8
#define ACK 16

static void put_tcp(struct segment s)
{
    struct buffer b = {0};
    add16(&b, s.from);
    add16(&b, s.to);
    add32(&b, s.seq);
    add32(&b, s.ack);
    add16(&b, (s.stamp ? 8 : 5) << 12 | s.flags);
    add16(&b, s.window);
    add32(&b, 0);
    if (s.stamp) {
        add32(&b, 0x0101080a);
        add32(&b, s.stamp);
        add32(&b, s.stamp + 7);
    }
    buffer_add_text(&b, s.data ? s.data : "");
    put_ip(s.from_guest, 6, &b);
    buffer_fini(&b);
}

static void put_udp(bool from_guest, unsigned from, unsigned to, const void *data, size_t len)
{
    struct buffer b = {0};
    add16(&b, from);
    add16(&b, to);
    add16(&b, 8 + (unsigned)len);
    add16(&b, 0);
    buffer_add(&b, data, len);
    put_ip(from_guest, 17, &b);
    buffer_fini(&b);
}

static void put_arp(void)
{
    put_frame(true, 0x0806, "\0\1\x08\0\6\4\0\1\x52\x54\0\0\0\0\x0a\0\2\x0f\0\0\0\0\0\0\x0a\0\2\2",
              28);
}

static void put_reverse_arp(void)
{
    put_frame(true, 0x8035, "\0\1\x08\0\6\4\0\3\x52\x54\0\0\0\0\0\0\0\0\x52\x54\0\0\0\0\0\0\0\0",
              28);
}

static void put_ping(unsigned id)
{
    struct buffer b = {0};
    add16(&b, 8 << 8);
    add16(&b, 0);
    add16(&b, id);
    add16(&b, 1);
    put_ip(true, 1, &b);
    buffer_fini(&b);
}

static void expect(const char *name, bool drop_repeats, const char *expected)
{
    struct error err = {""};
    struct buffer out = {0};
    struct normaliser *n = normaliser_create(NULL, 0, &err);
    pcap_dump_close(capture);
    check(name, transcript_packets(n, "x.pcap", drop_repeats, &out, &err), "%s", err.text);
    check_text(name, buffer_text(&out), expected);
    buffer_fini(&out);
    normaliser_destroy(n);
}

#define OUT  "52:54:00:00:00:00 > 52:55:0a:00:02:02, "
#define BACK "52:55:0a:00:02:02 > 52:54:00:00:00:00, "
#define WHO  OUT "ARP: Request who-has 10.0.2.2 tell 10.0.2.15, length 28\n"

static void handshake(uint32_t guest_start, uint32_t host_start, unsigned port, uint32_t stamp)
{
    put_tcp((struct segment){true, port, 80, guest_start, 0, SYN, 64240, stamp, NULL});
    put_tcp((struct segment){true, port, 80, guest_start, 0, SYN, 64240, stamp + 1000, NULL});
    put_tcp((struct segment){false, 80, port, host_start, guest_start + 1, SYN | ACK, 65535, stamp,
                             NULL});
    put_tcp(
        (struct segment){true, port, 80, guest_start + 1, host_start + 1, ACK, 64000, stamp, NULL});
    put_tcp((struct segment){true, port, 80, guest_start + 1, host_start + 1, PSH | ACK, 64000,
                             stamp, "hi"});
    put_tcp((struct segment){true, port, 80, guest_start + 1, host_start + 1, PSH | ACK, 63000,
                             stamp + 9, "hi"});
    put_tcp((struct segment){false, 80, port, host_start + 1, guest_start + 3, ACK, 65000, stamp,
                             NULL});
}

#define CONNECTION                                                                               \
    OUT "IPv4: 10.0.2.15.<port:1> > 10.0.2.2.80: Flags [S], seq 0, win 64240, options "          \
        "[nop,nop,TS], "                                                                         \
        "length 0\n" BACK                                                                        \
        "IPv4: 10.0.2.2.80 > 10.0.2.15.<port:1>: Flags [S.], seq 0, ack 1, win 65535, options "  \
        "[nop,nop,TS], length 0\n" OUT "IPv4: 10.0.2.15.<port:1> > 10.0.2.2.80: Flags [.], ack " \
        "1, options [nop,nop,TS], length 0\n" OUT                                                \
        "IPv4: 10.0.2.15.<port:1> > 10.0.2.2.80: Flags [P.], seq 1:3, ack 1, options "           \
        "[nop,nop,TS], "                                                                         \
        "length 2: HTTP\n" BACK "IPv4: 10.0.2.2.80 > 10.0.2.15.<port:1>: Flags [.], ack 3, "     \
        "options [nop,nop,TS], length 0\n"

static void test_tcp(void)
{
    begin("x.pcap");
    handshake(3000000000, 0xffffffff, 49152, 77);
    expect("a handshake with retransmissions", true, CONNECTION);
    begin("x.pcap");
    handshake(17, 0x80000000, 55555, 99999);
    expect("another run's numbers", true, CONNECTION);
    begin("x.pcap");
    put_tcp((struct segment){true, 49152, 81, 12345678, 0, SYN, 100, 0, NULL});
    put_tcp((struct segment){false, 81, 49152, 0, 12345679, RST | ACK, 0, 0, NULL});
    put_tcp((struct segment){true, 49152, 81, 87654321, 0, SYN, 100, 0, NULL});
    expect("refused, and a second attempt from the same port", true,
           OUT "IPv4: 10.0.2.15.<port:1> > 10.0.2.2.81: Flags [S], seq 0, win 100, length 0\n" BACK
               "IPv4: 10.0.2.2.81 > 10.0.2.15.<port:1>: Flags [R.], seq 0, ack 1, length 0\n" OUT
               "IPv4: 10.0.2.15.<port:1> > 10.0.2.2.81: Flags [S], seq 0, win 100, length 0\n");
}

static void test_repeats(void)
{
    begin("x.pcap");
    put_arp();
    put_arp();
    expect("ARP asked twice", true, WHO);
    begin("x.pcap");
    put_arp();
    put_arp();
    expect("repeats kept", false, WHO WHO);
    begin("x.pcap");
    put_reverse_arp();
    put_reverse_arp();
    expect("reverse ARP asked twice", true,
           OUT "Reverse ARP (0x8035), length 42: Reverse Request who-is 52:54:00:00:00:00 tell "
               "52:54:00:00:00:00, length 28\n");
    begin("x.pcap");
    put_udp(true, 5000, 6000, "ab", 2);
    put_udp(true, 5000, 6000, "ab", 2);
    put_ping(0x1234);
    put_ping(0x1234);
    expect("UDP is dropped, ICMP is not", true,
           OUT "IPv4: 10.0.2.15.5000 > 10.0.2.2.6000: UDP, length 2\n" OUT
               "IPv4: 10.0.2.15 > 10.0.2.2: ICMP echo request, id <id:1>, seq 1, length 8\n" OUT
               "IPv4: 10.0.2.15 > 10.0.2.2: ICMP echo request, id <id:1>, seq 1, length 8\n");
}

static void test_others(void)
{
    begin("x.pcap");
    put_frame(true, 0x88b5, "capOS on a wire\0\x01", 17);
    put_frame(true, 0x88b5, "capOS on a wire\0\x01", 17);
    expect("frames of no known kind", true,
           OUT "ethertype Unknown (0x88b5), length 31:\n"
               "    0x0000:  6361 704f 5320 6f6e 2061 2077 6972 6500  capOS.on.a.wire.\n"
               "    0x0010:  01                                       .\n" OUT
               "ethertype Unknown (0x88b5), length 31:\n"
               "    0x0000:  6361 704f 5320 6f6e 2061 2077 6972 6500  capOS.on.a.wire.\n"
               "    0x0010:  01                                       .\n");
    begin("x.pcap");
    put_udp(true, 50000, 53, "\x30\x39\1\0\0\1\0\0\0\0\0\0\3abc\0\0\1\0\1", 21);
    put_udp(false, 53, 50000, "\x30\x39\x81\x83\0\1\0\0\0\0\0\0\3abc\0\0\1\0\1", 21);
    expect("DNS", true,
           OUT "IPv4: 10.0.2.15.<port:1> > 10.0.2.2.53: <id:1>+ A? abc. (21)\n" BACK
               "IPv4: 10.0.2.2.53 > 10.0.2.15.<port:1>: <id:1> NXDomain 0/0/0 (21)\n");
    begin("x.pcap");
    put_udp(true, 5000, 53, "\0\1\1\0\0\1\0\0\0\0\0\0\x16x: Flags [S], seq 99, \0\0\1\0\1", 40);
    expect("a name that looks like TCP", true,
           OUT "IPv4: 10.0.2.15.5000 > 10.0.2.2.53: <id:1>+ A? x: Flags [S], seq 99, . (40)\n");
    begin("x.pcap");
    expect("empty", true, "");
}

static void refused(const char *name, const char *path, const char *expected)
{
    struct error err = {"(no error)"};
    struct buffer out = {0};
    struct normaliser *n = normaliser_create(NULL, 0, &err);
    check(name, !transcript_packets(n, path, true, &out, &err), "accepted");
    check(name, strstr(err.text, expected), "expected %s but got %s", expected, err.text);
    buffer_fini(&out);
    normaliser_destroy(n);
}

static void test_refused(void)
{
    struct error err;
    struct buffer whole = {0};
    begin("x.pcap");
    put_arp();
    put_arp();
    pcap_dump_close(capture);
    file_read("x.pcap", 4096, &whole, &err);
    temporary_write("cut.pcap", whole.data, whole.len - 3);
    refused("cut in a packet", "cut.pcap", "cut.pcap is cut off in the middle of a packet");
    temporary_write("cut.pcap", whole.data, 10);
    refused("cut in the header", "cut.pcap", "cut.pcap is cut off");
    temporary_write("cut.pcap", "", 0);
    refused("no byte", "cut.pcap", "cut.pcap is cut off");
    temporary_text("text.pcap", "this is not a capture, but it is long enough");
    refused("no capture", "text.pcap",
            "tcpdump cannot read text.pcap: tcpdump: unknown file format");
    refused("no file", "none.pcap", "cannot read none.pcap: No such file");
    buffer_fini(&whole);
}

int main(void)
{
    temporary_enter();
    test_tcp();
    test_repeats();
    test_others();
    test_refused();
    temporary_leave();
    return check_done();
}
