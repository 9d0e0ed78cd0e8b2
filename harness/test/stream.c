/* Streams: what a source says is kept whole, what is typed reaches it, a pseudo-terminal sees both.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/stream/stream.h"

#include "harness/base/clock.h"
#include "harness/event/loop.h"
#include "harness/test/check.h"
#include "harness/test/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <termios.h>

enum { WAIT_MS = 20000, STREAMS_MAX = 32, BIG = 1 << 20 };

/* Streams live as long as their process. */
static struct stream *streams[STREAMS_MAX];
static size_t n_streams;

static void must(bool ok, const struct error *err)
{
    if (ok)
        return;
    fprintf(stderr, "%s\n", err->text);
    exit(2);
}

static struct stream *create(const char *log)
{
    struct error err = {""};
    struct stream *s = stream_create("console", "serial", log, &err);
    must(s && n_streams < STREAMS_MAX, &err);
    return streams[n_streams++] = s;
}

/* A stream with one end of a socket as its source; @fd is the other end, which blocks. */
static struct stream *create_attached(const char *log, int *fd)
{
    struct error err = {"cannot make a pair of sockets"};
    struct stream *s = create(log);
    int pair[2];
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0, &err);
    loop_lock();
    bool good = stream_attach(s, pair[0], &err);
    loop_unlock();
    must(good, &err);
    *fd = pair[1];
    return s;
}

/* A stream with FIFOs at @path, for what runs behind a serial port. */
static struct stream *create_fifos(const char *log, const char *path)
{
    struct error err = {""};
    struct stream *s = create(log);
    loop_lock();
    bool good = stream_open_fifos(s, path, &err);
    loop_unlock();
    must(good, &err);
    return s;
}

static int open_end(const char *path, int flags)
{
    struct error err = {""};
    int fd = open(path, flags | O_CLOEXEC);
    error_set(&err, "cannot open %s: %s", path, strerror(errno));
    must(fd >= 0, &err);
    return fd;
}

static void say(int fd, const void *data, size_t len)
{
    struct error err = {"cannot write to the source"};
    for (size_t done = 0; done < len;) {
        ssize_t n = write(fd, (const char *)data + done, len - done);
        must(n > 0, &err);
        done += (size_t)n;
    }
}

/* Waits until the stream has @len bytes or has ended. */
static bool wait_for(struct stream *s, size_t len, bool end)
{
    int64_t deadline = clock_ms() + WAIT_MS;
    bool in_time = true;
    loop_lock();
    while (in_time && (s->data.len < len || (end && !s->ended)))
        in_time = loop_wait(deadline);
    loop_unlock();
    return in_time;
}

/* Reads exactly @len bytes. */
static bool hear(int fd, char *into, size_t len)
{
    int64_t deadline = clock_ms() + WAIT_MS;
    for (size_t done = 0; done < len;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        if (poll(&ready, 1, clock_left(deadline, WAIT_MS)) <= 0)
            return false;
        ssize_t n = read(fd, into + done, len - done);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

static bool silent(int fd)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    return poll(&ready, 1, 0) == 0;
}

static void fill_random(char *data, size_t len)
{
    uint32_t state = 7;
    for (size_t i = 0; i < len; i++) {
        state = state * 1664525 + 1013904223;
        data[i] = (char)(state >> 24);
    }
}

static bool same_file(const char *path, const char *data, size_t len)
{
    struct error err = {""};
    struct buffer b = {0};
    must(file_read(path, 2 * BIG, &b, &err), &err);
    bool same = b.len == len && memcmp(buffer_text(&b), data, len) == 0;
    buffer_fini(&b);
    return same;
}

static void test_bytes(void)
{
    static char data[BIG];
    int fd;
    struct stream *s = create_attached("bytes.log", &fd);
    fill_random(data, BIG);
    for (size_t done = 0, n = 1; done < BIG; done += n) {
        n = n * 7 % 10007;
        n = n < BIG - done ? n : BIG - done;
        say(fd, data + done, n);
    }
    check("every byte comes", wait_for(s, BIG, false), "%zu", s->data.len);
    loop_lock();
    check("no end yet", !s->ended && !s->broken, "%s", s->error.text);
    check("memory has them", s->data.len == BIG && memcmp(s->data.data, data, BIG) == 0,
          "%zu bytes, or others", s->data.len);
    loop_unlock();
    check("the log has them before the end", same_file("bytes.log", data, BIG), "it does not");
    close(fd);
    check("the end is seen", wait_for(s, BIG, true), "ended %d", s->ended);
    check("nothing came after it", s->data.len == BIG, "%zu", s->data.len);
}

static void note_line(struct stream *s, const char *line, size_t len, void *arg)
{
    (void)s;
    buffer_printf(arg, "<");
    buffer_add_escaped(arg, line, len);
    buffer_printf(arg, ">");
}

static void test_lines(void)
{
    static const char said[] = "one\ntwo\r\n\n\0x\nlong";
    static struct buffer whole, split;
    int fd;
    struct stream *s = create_attached("lines.log", &fd);
    s->on_line = note_line;
    s->on_line_arg = &whole;
    say(fd, said, sizeof said - 1);
    wait_for(s, sizeof said - 1, false);
    check_text("complete lines", buffer_text(&whole), "<one><two\\x0d><><\\x00x>");
    say(fd, "er\n", 3);
    wait_for(s, sizeof said + 2, false);
    check_text("a line in two pieces", buffer_text(&whole), "<one><two\\x0d><><\\x00x><longer>");

    s = create_attached("split.log", &fd);
    s->on_line = note_line;
    s->on_line_arg = &split;
    for (size_t i = 0; i < sizeof said - 1; i++) {
        say(fd, said + i, 1);
        wait_for(s, i + 1, false);
    }
    check_text("byte by byte", buffer_text(&split), "<one><two\\x0d><><\\x00x>");
    close(fd);
    wait_for(s, 0, true);
    check_text("the end ends a line", buffer_text(&split), "<one><two\\x0d><><\\x00x><long>");
    buffer_fini(&whole);
    buffer_fini(&split);
}

static void expect_last(const char *name, struct stream *s, int n, const char *expected)
{
    loop_lock();
    char *came = stream_last_lines(s, n);
    loop_unlock();
    check_text(name, came, expected);
    free(came);
}

static void test_last_lines(void)
{
    int fd;
    struct stream *s = create_attached("last.log", &fd);
    expect_last("nothing said, no last lines", s, 3, "");
    say(fd, "1\n2\r\n\n\x1b[4", 9);
    wait_for(s, 9, false);
    expect_last("the line under way", s, 1, "\\x1b[4");
    expect_last("an empty line is a line", s, 2, "\n\\x1b[4");
    expect_last("last lines", s, 3, "2\n\n\\x1b[4");
    expect_last("fewer than wanted", s, 9, "1\n2\n\n\\x1b[4");
    say(fd, "\n", 1);
    wait_for(s, 10, false);
    expect_last("a complete last line", s, 1, "\\x1b[4\n");
    close(fd);
}

static void test_last_lines_cut(void)
{
    enum { LEN = STREAM_LAST_LINE };
    char line[LEN + 1];
    int fd;
    struct stream *s = create_attached("cut.log", &fd);
    memset(line, 'x', LEN);
    line[LEN] = '\0';
    for (int i = 0; i < 2; i++) {
        say(fd, line, LEN);
        say(fd, "\r\n", 2);
        say(fd, line, LEN);
        say(fd, "yz\r\n", 4);
    }
    wait_for(s, 4 * LEN + 12, false);
    char *expected = format_text("%s\n%s ...\n%s\n%s ...\n", line, line, line, line);
    expect_last("long lines are cut", s, 4, expected);
    free(expected);
    close(fd);
}

static void finish(struct stream *s)
{
    loop_lock();
    stream_finish(s);
    stream_finish(s); /* once more is no harm */
    loop_unlock();
}

/* As QEMU does it: opens both, reads and writes, closes. */
static void test_fifos(void)
{
    char heard[16] = "";
    struct stream *s = create_fifos("fifos.log", "port");
    loop_lock();
    stream_send(s, "early ", 6);
    loop_unlock();
    check("no end before there was a source", !s->ended, "ended");
    /* As a daemon of libvirt's does it, to change the owner: that is no source. */
    close(open_end("port.out", O_RDWR));
    int in = open_end("port.in", O_RDWR), out = open_end("port.out", O_WRONLY);
    check("typed before the source came", hear(in, heard, 6) && !strcmp(heard, "early "), "%s",
          heard);
    loop_lock();
    stream_send(s, "late", 4);
    loop_unlock();
    check("typed after it came", hear(in, heard, 4) && !memcmp(heard, "late", 4), "%s", heard);
    say(out, "last words", 10);
    close(out);
    close(in);
    check("what it has closed may be opened again", wait_for(s, 10, false) && !s->ended, "ended");
    finish(s);
    check("what was said before the end", wait_for(s, 10, true), "%zu bytes", s->data.len);
    check_text("as it was said", buffer_text(&s->data), "last words");
    check("in the log, too", same_file("fifos.log", "last words", 10), "it is not");
}

/* A source that goes at once leaves what it said: the FIFO holds it while nobody reads. */
static void test_short_life(void)
{
    enum { SAID = 900 << 10 };
    static char data[SAID];
    struct stream *s = create_fifos("short.log", "short");
    fill_random(data, SAID);
    loop_lock(); /* no handler runs now */
    int out = open_end("short.out", O_WRONLY | O_NONBLOCK);
    ssize_t n = write(out, data, SAID);
    close(out);
    loop_unlock();
    check("a FIFO takes nearly a MiB", n == SAID, "%zd", n);
    finish(s);
    check("and hands it on", wait_for(s, SAID, true) && !memcmp(s->data.data, data, SAID),
          "%zu bytes", s->data.len);
}

/* More than the source takes at once. */
static void test_much_typed(void)
{
    static char typed[BIG], heard[BIG];
    struct stream *s = create_fifos("typed.log", "typed");
    int in = open_end("typed.in", O_RDWR);
    fill_random(typed, BIG);
    loop_lock();
    stream_send(s, typed, BIG / 2);
    stream_send(s, typed + BIG / 2, BIG / 2);
    loop_unlock();
    check("all that is typed arrives", hear(in, heard, BIG), "it does not");
    check("in order", memcmp(typed, heard, BIG) == 0, "others");
    check("and once", silent(in), "more came");
    close(in);
}

static void test_stuck(void)
{
    static char typed[BIG];
    struct stream *s = create_fifos("stuck.log", "stuck");
    loop_lock();
    for (int i = 0; i < 64 && !s->broken; i++)
        stream_send(s, typed, BIG);
    check("a source that takes nothing", s->broken, "%zu bytes wait", s->to_source.bytes.len);
    check_text("is said so", s->error.text,
               "stream console: the machine does not take what is typed");
    loop_unlock();
}

static void test_pty(void)
{
    char heard[32] = "";
    struct error err = {""};
    struct stream *s = create_fifos("pty.log", "pty");
    int in = open_end("pty.in", O_RDWR), out = open_end("pty.out", O_WRONLY);
    say(out, "before\r\n", 8);
    wait_for(s, 8, false);
    loop_lock();
    const char *path = stream_open_pty(s, &err);
    loop_unlock();
    must(path, &err);
    int terminal = open_end(path, O_RDWR | O_NOCTTY);
    check("a late terminal sees all from the start",
          hear(terminal, heard, 8) && !memcmp(heard, "before\r\n", 8), "%s", heard);
    say(out, "\x03\x04\n\0", 4);
    check("then what comes, raw", hear(terminal, heard, 4) && !memcmp(heard, "\x03\x04\n\0", 4),
          "%s", heard);
    say(terminal, "ls\r\x03\0", 5);
    check("what it types reaches the source", hear(in, heard, 5) && !memcmp(heard, "ls\r\x03\0", 5),
          "%s", heard);
    check("and nothing else does", silent(in), "its own words came back");
    check("without an echo", silent(terminal), "echoed");
    close(terminal);
    say(out, "alone", 5);
    wait_for(s, 17, false);
    terminal = open_end(path, O_RDWR | O_NOCTTY);
    check("it may come again", hear(terminal, heard, 5) && !memcmp(heard, "alone", 5), "%s", heard);
    loop_lock();
    check("one terminal is enough", stream_open_pty(s, &err) == path, "another");
    loop_unlock();
    close(terminal);
    close(in);
    close(out);
}

/* More than a terminal takes at once, opened when it was all said. */
static void test_pty_much(void)
{
    static char data[BIG], heard[BIG];
    struct error err = {""};
    int fd;
    struct stream *s = create_attached("pty-much.log", &fd);
    fill_random(data, BIG);
    say(fd, data, BIG);
    wait_for(s, BIG, false);
    loop_lock();
    const char *path = stream_open_pty(s, &err);
    loop_unlock();
    must(path, &err);
    int terminal = open_end(path, O_RDWR | O_NOCTTY);
    check("a slow terminal gets all", hear(terminal, heard, BIG) && !memcmp(data, heard, BIG),
          "less, or others");
    close(terminal);
    close(fd);
}

static void test_refused(void)
{
    struct error err = {""};
    char path[NAME_MAX + 1];
    struct stream *s = create("refused.log");
    memset(path, 'x', NAME_MAX);
    path[NAME_MAX] = '\0';
    loop_lock();
    check("a path too long", !stream_open_fifos(s, path, &err), "opened");
    check("says why", strstr(err.text, "File name too long"), "%s", err.text);
    check("a folder that is not there", !stream_open_fifos(s, "absent/port", &err), "opened");
    check_text("says which", err.text, "cannot create absent/port.out: No such file or directory");
    loop_unlock();
    check("no log", !stream_create("console", "serial", "absent/log", &err), "created");
    check_text("says why", err.text, "cannot write absent/log: No such file or directory");
}

static void test_full_disk(void)
{
    int fd;
    struct stream *s = create_attached("/dev/full", &fd);
    say(fd, "text", 4);
    wait_for(s, 4, false);
    loop_lock();
    check("a log that cannot be written", s->broken, "taken");
    check_text("says what to do", s->error.text,
               "stream console: cannot write its log: No space left on device; free some space and "
               "run again");
    loop_unlock();
    close(fd);
}

int main(void)
{
    struct error err = {""};
    signal(SIGPIPE, SIG_IGN);
    temporary_enter();
    must(loop_start(&err), &err);
    test_bytes();
    test_lines();
    test_last_lines();
    test_last_lines_cut();
    test_fifos();
    test_short_life();
    test_much_typed();
    test_stuck();
    test_pty();
    test_pty_much();
    test_refused();
    test_full_disk();
    temporary_leave();
    return check_done();
}
