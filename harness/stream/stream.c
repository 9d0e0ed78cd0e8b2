/* A byte stream of a run: what a serial port or a program said, kept whole.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/stream/stream.h"

#include "harness/event/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

/* What waits in memory for a peer that does not read; beyond it the peer is stuck, not slow. */
enum { PENDING_LIMIT = 16 << 20, FIFO_LEN = 1 << 20 };

struct stream *stream_create(const char *name, const char *kind, const char *log, struct error *err)
{
    int fd = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        error_set(err, "cannot write %s: %s", log, strerror(errno));
        return NULL;
    }
    struct stream *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->name = copy_text(name);
    s->kind = kind;
    s->log = fd;
    s->source = s->keys = s->pty = s->pty_keep = s->mirror = -1;
    return s;
}

/* The first error is kept: those after it are its consequences. */
static void break_stream(struct stream *s, const char *what)
{
    if (!s->broken)
        error_set(&s->error, "stream %s: %s", s->name, what);
    s->broken = true;
}

static void log_bytes(struct stream *s, const char *data, size_t len)
{
    while (len) {
        ssize_t n = write(s->log, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            char text[160];
            snprintf(text, sizeof text, "cannot write its log: %s; free some space and run again",
                     strerror(errno));
            break_stream(s, text);
            return;
        }
        data += n;
        len -= (size_t)n;
    }
}

static void show_live(const struct stream *s, const char *line, size_t len)
{
    struct buffer b = {0};
    buffer_printf(&b, "%s | ", s->name);
    buffer_add_escaped(&b, line, len && line[len - 1] == '\r' ? len - 1 : len);
    buffer_add_char(&b, '\n');
    fputs(buffer_text(&b), stdout);
    fflush(stdout);
    buffer_fini(&b);
}

static void hand_out(struct stream *s, const char *line, size_t len)
{
    if (s->echo_live)
        show_live(s, line, len);
    if (s->on_line)
        s->on_line(s, line, len, s->on_line_arg);
}

static void hand_out_lines(struct stream *s)
{
    const char *feed;
    while ((feed = memchr(s->data.data + s->line_looked, '\n', s->data.len - s->line_looked))) {
        const char *line = s->data.data + s->line_start;
        hand_out(s, line, (size_t)(feed - line));
        s->line_start = s->line_looked = (size_t)(feed - s->data.data) + 1;
    }
    s->line_looked = s->data.len;
}

/* Writes what is pending; asks the loop for write events exactly while something stays. */
static void flush_pending(int fd, int watch, bool reading, struct pending *pending)
{
    struct buffer *bytes = &pending->bytes;
    while (pending->done < bytes->len) {
        ssize_t n = write(fd, bytes->data + pending->done, bytes->len - pending->done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        pending->done += (size_t)n;
    }
    if (pending->done == bytes->len || pending->done > bytes->len / 2) {
        buffer_drop(bytes, pending->done);
        pending->done = 0;
    }
    loop_want(watch, reading, bytes->len > 0);
}

static void take(struct stream *s, const char *data, size_t len)
{
    if (s->data.len + len > STREAM_LIMIT) {
        break_stream(s, "more bytes than the harness keeps");
        return;
    }
    buffer_add(&s->data, data, len);
    log_bytes(s, data, len);
    if (s->mirror >= 0 && write(s->mirror, data, len) < 0)
        s->mirror = -1; /* the terminal is gone; the log is what counts */
    if (s->pty >= 0 && s->to_pty.bytes.len + len <= PENDING_LIMIT) {
        buffer_add(&s->to_pty.bytes, data, len);
        flush_pending(s->pty, s->pty_watch, true, &s->to_pty);
    }
    hand_out_lines(s);
}

static void end_source(struct stream *s)
{
    if (s->line_start < s->data.len)
        hand_out(s, s->data.data + s->line_start, s->data.len - s->line_start);
    s->line_start = s->data.len;
    loop_unwatch(s->source_watch);
    close(s->source);
    s->source = -1;
    s->ended = true;
    loop_changed();
}

static void source_ready(int fd, bool readable, bool writable, void *arg)
{
    struct stream *s = arg;
    char chunk[65536];
    (void)readable;
    (void)writable;
    ssize_t n = read(fd, chunk, sizeof chunk);
    if (n > 0) {
        take(s, chunk, (size_t)n);
        loop_changed();
    } else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        end_source(s);
    }
}

void stream_finish(struct stream *s)
{
    while (s->source >= 0) {
        size_t before = s->data.len;
        source_ready(s->source, true, false, s);
        if (s->source >= 0 && s->data.len == before)
            end_source(s);
    }
}

bool stream_attach(struct stream *s, int fd, struct error *err)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
    s->source = fd;
    s->source_watch = loop_watch(fd, source_ready, s);
    return s->source_watch >= 0 || error_set(err, "stream %s: too many descriptors", s->name);
}

static void keys_ready(int fd, bool readable, bool writable, void *arg)
{
    struct stream *s = arg;
    (void)readable;
    if (writable)
        flush_pending(fd, s->keys_watch, false, &s->to_source);
}

static int open_fifo(const char *path, const char *suffix, int flags, struct error *err)
{
    char *full = format_text("%s%s", path, suffix);
    unlink(full);
    int fd = mkfifo(full, 0600) ? -1 : open(full, flags | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        error_set(err, "cannot create %s: %s", full, strerror(errno));
    else
        chmod(full, 0666); /* another user's QEMU (qemu:///system) must be able to open it */
    free(full);
    return fd;
}

bool stream_open_fifos(struct stream *s, const char *path, struct error *err)
{
    /* For both: a daemon of libvirt's opens and closes it before QEMU does, which must not read as its end. */
    int out = open_fifo(path, ".out", O_RDWR, err);
    if (out < 0)
        return false;
    fcntl(out, F_SETPIPE_SZ, FIFO_LEN);
    /* For both: so that it can be opened before QEMU does. */
    s->keys = open_fifo(path, ".in", O_RDWR, err);
    if (s->keys < 0) {
        close(out);
        return false;
    }
    s->keys_watch = loop_watch(s->keys, keys_ready, s);
    if (s->keys_watch < 0)
        return error_set(err, "stream %s: too many descriptors", s->name);
    loop_want(s->keys_watch, false, false);
    return stream_attach(s, out, err);
}

void stream_send(struct stream *s, const void *data, size_t len)
{
    if (s->to_source.bytes.len + len > PENDING_LIMIT) {
        break_stream(s, "the machine does not take what is typed");
        return;
    }
    buffer_add(&s->to_source.bytes, data, len);
    if (s->keys >= 0)
        flush_pending(s->keys, s->keys_watch, false, &s->to_source);
}

static void pty_ready(int fd, bool readable, bool writable, void *arg)
{
    struct stream *s = arg;
    if (writable)
        flush_pending(fd, s->pty_watch, true, &s->to_pty);
    if (!readable)
        return;
    char chunk[4096];
    ssize_t n = read(fd, chunk, sizeof chunk);
    if (n > 0)
        stream_send(s, chunk, (size_t)n);
}

const char *stream_open_pty(struct stream *s, struct error *err)
{
    if (s->pty >= 0)
        return s->pty_path;
    struct termios raw;
    char path[128];
    cfmakeraw(memset(&raw, 0, sizeof raw));
    if (openpty(&s->pty, &s->pty_keep, path, &raw, NULL)) {
        error_set(err, "cannot open a pseudo-terminal: %s", strerror(errno));
        return NULL;
    }
    fcntl(s->pty, F_SETFD, FD_CLOEXEC);
    fcntl(s->pty_keep, F_SETFD, FD_CLOEXEC);
    fcntl(s->pty, F_SETFL, O_NONBLOCK);
    s->pty_path = copy_text(path);
    s->pty_watch = loop_watch(s->pty, pty_ready, s);
    /* A program that comes late still sees everything from the start. */
    buffer_add(&s->to_pty.bytes, s->data.data, s->data.len);
    flush_pending(s->pty, s->pty_watch, true, &s->to_pty);
    return s->pty_path;
}

char *stream_last_lines(const struct stream *s, int n)
{
    const char *data = buffer_text(&s->data);
    size_t start = s->data.len;
    int feeds = 0;
    while (start > 0) {
        if (data[start - 1] == '\n' && start != s->data.len && ++feeds == n)
            break;
        start--;
    }
    struct buffer b = {0};
    for (size_t i = start, column = 0; i < s->data.len; i++) {
        if (data[i] == '\r')
            continue;
        if (data[i] == '\n' || column < STREAM_LAST_LINE)
            buffer_add_escaped(&b, data + i, 1);
        else if (column == STREAM_LAST_LINE)
            buffer_add_text(&b, " ...");
        column = data[i] == '\n' ? 0 : column + 1;
    }
    return b.data ? b.data : copy_text("");
}
