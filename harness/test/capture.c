/* Captures: what is written is read, cut files are noticed, filters choose.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/network/capture.h"

#include "harness/test/check.h"
#include "harness/test/temporary.h"

static const size_t lens[] = {14, 60, 1514, FRAME_MAX, 15};
enum { FRAMES = sizeof lens / sizeof lens[0], FILE_HEADER = 24, FRAME_HEADER = 16 };

static void must(bool ok, const struct error *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err->text);
    exit(2);
}

static void make_frame(uint8_t *frame, size_t len, size_t number)
{
    for (size_t i = 0; i < len; i++)
        frame[i] = (uint8_t)(number * 31 + i * (1 + i / 256));
}

/* How many frames came, and whether they are those of make_frame(). */
struct came {
    size_t n;
    bool same;
};

static void compare(const uint8_t *frame, size_t len, void *arg)
{
    static uint8_t expected[FRAME_MAX];
    struct came *c = arg;
    make_frame(expected, len, c->n);
    c->same = c->same && c->n < FRAMES && len == lens[c->n] && memcmp(frame, expected, len) == 0;
    c->n++;
}

/* Writes the capture; every frame must be in the file at once. */
static void write_capture(const char *path)
{
    static uint8_t frame[FRAME_MAX];
    struct error err = {""};
    struct capture *c = capture_create(path, &err);
    must(c, &err);
    bool whole = true;
    for (size_t i = 0; i < FRAMES; i++) {
        struct came came = {.same = true};
        make_frame(frame, lens[i], i);
        must(capture_add(c, frame, lens[i], &err), &err);
        whole = whole && capture_read(path, compare, &came, &err) == (int)i + 1 && came.same;
    }
    check("complete after each frame", whole, "%s", err.text);
    capture_close(c);
}

static void test_round_trip(void)
{
    struct error err = {""};
    struct came came = {.same = true};
    write_capture("frames.pcap");
    check("frames", capture_read("frames.pcap", compare, &came, &err) == FRAMES && came.same,
          "%zu frames: %s", came.n, err.text);
    struct buffer file = {0};
    must(file_read("frames.pcap", 1 << 20, &file, &err), &err);
    uint32_t magic;
    memcpy(&magic, file.data, sizeof magic);
    check("times in nanoseconds", magic == 0xa1b23c4d, "0x%08x", magic);
    buffer_fini(&file);

    struct capture *c = capture_create("none.pcap", &err);
    must(c, &err);
    capture_close(c);
    check("no frames", capture_read("none.pcap", compare, &came, &err) == 0, "%s", err.text);
    capture_close(NULL);
}

/* How many frames lie before the byte @at; whether it is the end of one. */
static size_t frames_before(size_t at, bool *boundary)
{
    size_t end = FILE_HEADER, n = 0;
    for (; n < FRAMES && end + FRAME_HEADER + lens[n] <= at; n++)
        end += FRAME_HEADER + lens[n];
    *boundary = at == end;
    return n;
}

static void test_truncated(void)
{
    struct error err = {""};
    struct buffer file = {0};
    must(file_read("frames.pcap", 1 << 20, &file, &err), &err);
    bool noticed = true, kept = true;
    for (size_t len = 0; len < file.len; len += len < 3000 ? 1 : 997) {
        struct came came = {.same = true};
        bool boundary;
        size_t n = frames_before(len, &boundary);
        temporary_write("cut.pcap", file.data, len);
        int rc = capture_read("cut.pcap", compare, &came, &err);
        noticed = noticed && rc == (boundary ? (int)n : -1);
        kept = kept && came.n == n && came.same;
    }
    check("cut off inside of a frame: noticed", noticed, "not");
    check("cut off inside of a frame: those before it come", kept, "others");
    buffer_fini(&file);
}

static void test_refused(void)
{
    struct error err = {""};
    struct came came = {.same = true};
    check("no file", capture_read("absent.pcap", compare, &came, &err) == -1, "read");
    check_text("says which", err.text, "absent.pcap: No such file or directory");
    temporary_text("text.pcap", "This is no capture, but it is long enough for a header.\n");
    check("no capture", capture_read("text.pcap", compare, &came, &err) == -1, "read");
    check("says so", strstr(err.text, "unknown file format"), "%s", err.text);
    check("no folder", !capture_create("absent/x.pcap", &err), "created");
    check("says which", strstr(err.text, "cannot write absent/x.pcap: "), "%s", err.text);
    check("nothing was handed out", came.n == 0, "%zu frames", came.n);
}

static void test_full_disk(void)
{
    static const uint8_t frame[FRAME_MAX];
    for (size_t i = 0; i < FRAMES; i++) {
        struct error err = {""};
        struct capture *c = capture_create("/dev/full", &err);
        must(c, &err);
        check("full disk", !capture_add(c, frame, lens[i], &err), "%zu bytes written", lens[i]);
        check_text("says so", err.text, "cannot write the capture: is the disk full?");
        capture_close(c);
    }
}

static const uint8_t arp[42] = "\xff\xff\xff\xff\xff\xff\x52\x54\0\0\0\0\x08\x06\0\1\x08\0\6\4\0\1";
/* UDP from 10.0.2.15, port 1024, to 10.0.2.3, port 53 */
static const uint8_t dns[42] =
    "\x52\x55\x0a\0\x02\x02\x52\x54\0\0\0\0\x08\0\x45\0\0\x1c\0\0\0\0\x40"
    "\x11\0\0\x0a\0\x02\x0f\x0a\0\x02\x03\x04\0\0\x35\0\x08";

static void expect(const char *expression, bool matches_arp, bool matches_dns)
{
    struct error err = {""};
    struct frame_filter *f = frame_filter_create(expression, &err);
    if (!check("filter", f != NULL, "%s", err.text))
        return;
    check(expression, frame_filter_matches(f, arp, sizeof arp) == matches_arp, "ARP: %d",
          !matches_arp);
    check(expression, frame_filter_matches(f, dns, sizeof dns) == matches_dns, "DNS: %d",
          !matches_dns);
    frame_filter_destroy(f);
}

static void test_filter(void)
{
    expect("", true, true);
    expect("arp", true, false);
    expect("ip and udp dst port 53", false, true);
    expect("udp src port 53", false, false);
    expect("ether src 52:54:00:00:00:00", true, true);
    expect("src net 10.0.2.0/24 or ether broadcast", true, true);
    expect("ip[9] == 17", false, true);
    expect("ether[41] == 0", true, true);
    expect("ether[42] == 0", false, false);
    expect("greater 43", false, false);
}

static void test_bad_filter(void)
{
    static const char *const bad[] = {"udp port", "no such word", "port 65536", "ip ip ip ("};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {""};
        char *start = format_text("filter \"%s\": ", bad[i]);
        check(bad[i], !frame_filter_create(bad[i], &err), "compiled");
        check("says which and why",
              strncmp(err.text, start, strlen(start)) == 0 && strlen(err.text) > strlen(start),
              "%s", err.text);
        free(start);
    }
    frame_filter_destroy(NULL);
}

/* A filter looks only at the bytes that there are. */
static void test_short_frames(void)
{
    struct error err = {""};
    struct frame_filter *f = frame_filter_create("udp port 53", &err);
    must(f, &err);
    bool none = true;
    for (size_t len = 0; len < 38; len++) {
        uint8_t *copy = malloc(len ? len : 1);
        must(copy, &err);
        memcpy(copy, dns, len);
        none = none && !frame_filter_matches(f, copy, len);
        free(copy);
    }
    check("a frame cut short does not match", none, "matched");
    frame_filter_destroy(f);
}

int main(void)
{
    temporary_enter();
    test_round_trip();
    test_truncated();
    test_refused();
    test_full_disk();
    test_filter();
    test_bad_filter();
    test_short_frames();
    temporary_leave();
    return check_done();
}
