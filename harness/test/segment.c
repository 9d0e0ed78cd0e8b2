/* A segment between machines that are sockets here: who hears what, and what breaks it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/network/segment.h"

#include "harness/base/clock.h"
#include "harness/event/loop.h"
#include "harness/network/capture.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

enum { WAIT_MS = 20000, SEGMENTS_MAX = 16, HEADER = 4, MIN_FRAME = 14, PENDING_MAX = 4 << 20 };

/* Segments live as long as their process. */
static struct segment *segments[SEGMENTS_MAX];
static size_t n_segments;

static void must(bool ok, const char *why)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", why);
    exit(2);
}

/* A segment on ./NAME with the capture NAME.pcap. */
static struct segment *create(const char *name, int ports)
{
    struct error err = {""};
    char *capture = format_text("%s.pcap", name);
    loop_lock();
    struct segment *s = segment_create(name, name, capture, ports, &err);
    loop_unlock();
    must(s && n_segments < SEGMENTS_MAX, err.text);
    free(capture);
    return segments[n_segments++] = s;
}

/* Waits until @done of the segment. */
static bool wait_for(struct segment *s, bool (*done)(const struct segment *, long), long arg)
{
    int64_t deadline = clock_ms() + WAIT_MS;
    bool in_time = true;
    loop_lock();
    while (in_time && !done(s, arg))
        in_time = loop_wait(deadline);
    loop_unlock();
    return in_time;
}

static bool has_connected(const struct segment *s, long n)
{
    return segment_connected(s) >= n;
}

static bool is_broken(const struct segment *s, long unused)
{
    (void)unused;
    return segment_trouble(s) != NULL;
}

static int dial(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0,
         "cannot dial the segment");
    return fd;
}

/* The @n-th machine of the segment @s at @path. */
static int join(struct segment *s, const char *path, int n)
{
    int fd = dial(path);
    must(wait_for(s, has_connected, n), "the segment did not take the connection");
    return fd;
}

static void say(int fd, const void *data, size_t len)
{
    for (size_t done = 0; done < len;) {
        ssize_t n = send(fd, (const char *)data + done, len - done, MSG_NOSIGNAL);
        must(n > 0, "cannot write to the segment");
        done += (size_t)n;
    }
}

static bool hear(int fd, void *into, size_t len)
{
    int64_t deadline = clock_ms() + WAIT_MS;
    for (size_t done = 0; done < len;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, clock_left(deadline, WAIT_MS)) <= 0)
            return false;
        ssize_t n = read(fd, (char *)into + done, len - done);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

/* A frame of @len bytes that tells which it is. */
static void make_frame(uint8_t *frame, size_t len, unsigned number)
{
    for (size_t i = 0; i < len; i++)
        frame[i] = (uint8_t)(number * 31 + i * (1 + i / 256));
}

static void put(int fd, size_t len, unsigned number)
{
    static uint8_t data[HEADER + FRAME_MAX];
    uint32_t header = htonl((uint32_t)len);
    memcpy(data, &header, HEADER);
    make_frame(data + HEADER, len, number);
    say(fd, data, HEADER + len);
}

static bool get(int fd, size_t len, unsigned number)
{
    static uint8_t came[FRAME_MAX], expected[FRAME_MAX];
    uint32_t header;
    make_frame(expected, len, number);
    return hear(fd, &header, HEADER) && ntohl(header) == len && hear(fd, came, len) &&
           memcmp(came, expected, len) == 0;
}

/* Whether nothing stands in the socket. True says little before something that came later was
 * heard elsewhere. */
static bool silent(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    return poll(&ready, 1, 0) == 0;
}

/* Waits for the next frame that the scenario has not taken. */
static bool scenario_gets(struct segment *s, size_t len, unsigned number)
{
    static uint8_t expected[FRAME_MAX];
    int64_t deadline = clock_ms() + WAIT_MS;
    const uint8_t *frame;
    size_t came = 0;
    make_frame(expected, len, number);
    loop_lock();
    while (!(frame = segment_receive(s, &came)) && loop_wait(deadline))
        ;
    bool same = frame && came == len && memcmp(frame, expected, len) == 0;
    loop_unlock();
    return same;
}

static bool scenario_says(struct segment *s, size_t len, unsigned number)
{
    static uint8_t frame[FRAME_MAX + 1];
    struct error err = {""};
    make_frame(frame, len, number);
    loop_lock();
    bool good = segment_send(s, frame, len, &err);
    loop_unlock();
    return good;
}

/* What a capture must hold, frame by frame. */
struct expected_capture {
    const size_t *lens;
    size_t n;
    bool same;
};

static void compare_frame(const uint8_t *frame, size_t len, void *arg)
{
    static uint8_t expected[FRAME_MAX];
    struct expected_capture *e = arg;
    make_frame(expected, len, (unsigned)e->n);
    e->same = e->same && len == e->lens[e->n] && memcmp(frame, expected, len) == 0;
    e->n++;
}

static void test_passing(void)
{
    static const size_t lens[] = {MIN_FRAME, 60, 1514, FRAME_MAX, 42};
    struct error err = {""};
    struct expected_capture e = {.lens = lens, .same = true};
    struct segment *s = create("wire", 2);
    check("nobody yet", segment_connected(s) == 0 && segment_taken(s), "%d", segment_connected(s));
    int a = join(s, "wire", 1), b = join(s, "wire", 2);
    for (unsigned i = 0; i < 4; i++)
        put(a, lens[i], i);
    bool heard = true, taken = true;
    for (unsigned i = 0; i < 4; i++) {
        heard = heard && get(b, lens[i], i);
        taken = taken && scenario_gets(s, lens[i], i);
    }
    check("the other machine hears it", heard, "not, or something else");
    check("the scenario does", taken, "not, or something else");
    check("who said it does not", silent(a), "it does");
    check("the scenario speaks", scenario_says(s, lens[4], 4), "refused");
    bool first = get(a, lens[4], 4), second = get(b, lens[4], 4);
    check("every machine hears it", first && second, "first %d, second %d", first, second);
    size_t len;
    loop_lock();
    check("but not the scenario", !segment_receive(s, &len), "it does");
    check("nothing went wrong", !segment_trouble(s), "%s", segment_trouble(s));
    check("the capture is whole before it is closed",
          capture_read("wire.pcap", compare_frame, &e, &err) == 5 && e.same, "%zu frames: %s", e.n,
          err.text);
    segment_close(s);
    check("closed twice", (segment_close(s), segment_connected(s) == 2), "%d",
          segment_connected(s));
    loop_unlock();
    close(a);
    close(b);
}

static void test_pieces(void)
{
    uint8_t data[3 * (HEADER + 20)];
    struct segment *s = create("pieces", 2);
    int a = join(s, "pieces", 1), b = join(s, "pieces", 2);
    for (unsigned i = 0; i < 3; i++) {
        uint32_t header = htonl(20);
        memcpy(data + i * (HEADER + 20), &header, HEADER);
        make_frame(data + i * (HEADER + 20) + HEADER, 20, i);
    }
    bool heard = true;
    for (size_t split = 1; split < sizeof data; split++) {
        say(a, data, split);
        if (split > HEADER + 20) /* the first frame is whole: it does not wait for the others */
            heard = heard && get(b, 20, 0);
        say(a, data + split, sizeof data - split);
        for (unsigned i = split > HEADER + 20; i < 3; i++)
            heard = heard && get(b, 20, i);
    }
    check("frames in two pieces", heard, "not heard, or others");
    for (size_t i = 0; i < sizeof data; i++)
        say(a, data + i, 1);
    for (unsigned i = 0; i < 3; i++)
        heard = heard && get(b, 20, i);
    check("frames byte by byte", heard, "not heard, or others");
    close(a);
    close(b);
}

static bool hung_up(int fd)
{
    char byte;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    return poll(&ready, 1, WAIT_MS) > 0 && read(fd, &byte, 1) <= 0;
}

static void test_impossible(uint32_t len)
{
    char name[32];
    uint32_t header = htonl(len);
    snprintf(name, sizeof name, "length-%u", len);
    struct segment *s = create(name, 3);
    int bad = join(s, name, 1), b = join(s, name, 2), c = join(s, name, 3);
    put(bad, 60, 1);
    say(bad, &header, HEADER);
    check("impossible length: seen", wait_for(s, is_broken, 0), "%u taken", len);
    char *expected =
        format_text("network %s: a machine sent a frame of an impossible length", name);
    loop_lock();
    check_text("impossible length: said", segment_trouble(s) ? segment_trouble(s) : "", expected);
    loop_unlock();
    check("impossible length: that machine is cut off", hung_up(bad), "it is not");
    check("impossible length: what it said before is heard", get(b, 60, 1) && get(c, 60, 1),
          "not heard");
    put(b, 60, 2);
    check("impossible length: the others go on", get(c, 60, 2) && silent(b), "they do not");
    loop_lock();
    check("impossible length: a port that is closed takes all", segment_taken(s), "it does not");
    loop_unlock();
    free(expected);
    close(bad);
    close(b);
    close(c);
}

/* It is sent more than the segment keeps and its socket holds together. */
static void test_not_reading(void)
{
    enum { LEN = 60000, N = 2 * PENDING_MAX / LEN };
    struct segment *s = create("deaf", 2);
    int deaf = join(s, "deaf", 1), b = join(s, "deaf", 2);
    bool heard = true, room = true;
    unsigned kept = 0;
    for (unsigned i = 0; i < N; i++) {
        must(scenario_says(s, LEN, i), "refused");
        heard = heard && get(b, LEN, i);
        loop_lock();
        kept += !segment_trouble(s);
        room = segment_has_room(s);
        loop_unlock();
    }
    loop_lock();
    check("frames that nobody takes are trouble", segment_trouble(s) && kept < N, "%u kept", kept);
    check("and there is said to be no room long before", !room, "there is");
    check("not all are taken", !segment_taken(s), "taken");
    loop_unlock();
    check("others hear every one", heard, "they do not");
    bool in_order = true;
    for (unsigned i = 0; i < kept; i++)
        in_order = in_order && get(deaf, LEN, i);
    check("the first ones are kept for it", in_order, "not, or others");
    put(b, 60, N);
    check("and then new ones come", get(deaf, 60, N), "they do not");
    close(deaf);
    close(b);
}

static void test_taken(void)
{
    struct segment *s = create("taken", 2);
    int a = join(s, "taken", 1), b = join(s, "taken", 2);
    must(scenario_says(s, 60, 1), "refused");
    loop_lock();
    check("nobody has read", !segment_taken(s), "taken");
    loop_unlock();
    must(get(a, 60, 1), "nothing heard");
    loop_lock();
    check("one has", !segment_taken(s), "taken");
    loop_unlock();
    must(get(b, 60, 1), "nothing heard");
    loop_lock();
    check("both have", segment_taken(s), "not taken");
    loop_unlock();
    close(a);
    close(b);
}

static void test_going_away(void)
{
    struct segment *s = create("gone", 3);
    int a = join(s, "gone", 1), b = join(s, "gone", 2), c = join(s, "gone", 3);
    say(a, "\0\0", 2);
    close(a);
    put(b, 60, 1);
    check("the others go on", get(c, 60, 1), "they do not");
    check("the scenario hears them", scenario_gets(s, 60, 1), "it does not");
    check("and they hear it", scenario_says(s, 60, 2) && get(b, 60, 2) && get(c, 60, 2),
          "they do not");
    put(c, 60, 3);
    close(c);
    check("last words are heard", get(b, 60, 3), "they are not");
    loop_lock();
    check("going away is no trouble", !segment_trouble(s), "%s", segment_trouble(s));
    loop_unlock();
    close(b);
}

/* The scenario takes no frame. */
static void test_not_receiving(void)
{
    enum { N = SEGMENT_KEPT + 100 };
    struct segment *s = create("full", 2);
    int a = join(s, "full", 1), b = join(s, "full", 2);
    for (unsigned i = 0; i < N; i++) {
        put(a, MIN_FRAME, i);
        must(get(b, MIN_FRAME, i), "nothing heard");
    }
    loop_lock();
    check("frames that the scenario does not take are no trouble", !segment_trouble(s), "%s",
          segment_trouble(s));
    check("both machines are there", segment_open_ports(s) == 2, "%d", segment_open_ports(s));
    loop_unlock();
    bool same = true;
    for (unsigned i = N - SEGMENT_KEPT; i < N; i++)
        same = same && scenario_gets(s, MIN_FRAME, i);
    check("the last ones are kept", same, "others");
    put(a, MIN_FRAME, 1);
    check("and then new ones", scenario_gets(s, MIN_FRAME, 1), "not");
    close(a);
    close(b);
}

static void test_refused(void)
{
    struct error err = {""};
    char path[128];
    struct segment *s = create("small", 1);
    int a = join(s, "small", 1), b = dial("small");
    check("one machine too many is cut off", hung_up(b), "it is not");
    check("the first one stays", scenario_says(s, 60, 1) && get(a, 60, 1), "it does not");
    check("no frame has 13 bytes", !scenario_says(s, MIN_FRAME - 1, 0), "sent");
    check("none has 65536", !scenario_says(s, FRAME_MAX + 1, 0), "sent");
    close(a);
    close(b);
    memset(path, 'x', sizeof path - 1);
    path[sizeof path - 1] = '\0';
    loop_lock();
    check("a path too long", !segment_create("x", path, "x.pcap", 2, &err), "created");
    check("says what to do", strstr(err.text, "is too long; use a shorter build folder"), "%s",
          err.text);
    check("no capture", !segment_create("x", "x", "absent/x.pcap", 2, &err), "created");
    check("says which", strstr(err.text, "absent/x.pcap: No such file"), "%s", err.text);
    check("no folder", !segment_create("x", "absent/x", "x.pcap", 2, &err), "created");
    check_text("says where", err.text, "cannot listen on absent/x: No such file or directory");
    check("too many cards", !segment_create("x", "x", "x.pcap", 17, &err), "created");
    check_text("says how many", err.text, "network x: more than 16 network cards");
    loop_unlock();
}

static void test_full_disk(void)
{
    struct error err = {""};
    loop_lock();
    struct segment *s = segment_create("disk", "disk", "/dev/full", 2, &err);
    loop_unlock();
    must(s && n_segments < SEGMENTS_MAX, err.text);
    segments[n_segments++] = s;
    int a = join(s, "disk", 1), b = join(s, "disk", 2);
    put(a, 1514, 1);
    check("frames pass with a full disk", get(b, 1514, 1), "they do not");
    loop_lock();
    check_text("it is said", segment_trouble(s) ? segment_trouble(s) : "",
               "network disk: cannot write the capture: is the disk full?");
    loop_unlock();
    close(a);
    close(b);
}

int main(void)
{
    struct error err = {""};
    temporary_enter();
    must(loop_start(&err), err.text);
    test_passing();
    test_pieces();
    test_impossible(0);
    test_impossible(13);
    test_impossible(70000);
    test_impossible(UINT32_MAX);
    test_not_reading();
    test_taken();
    test_going_away();
    test_not_receiving();
    test_refused();
    test_full_disk();
    temporary_leave();
    return check_done();
}
