/* The tail of QEMU's own log of what its processors did.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/qemu_trace.h"

#include "harness/base/files.h"
#include "harness/event/loop.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void take(struct qemu_trace *t)
{
    char chunk[65536];
    ssize_t n;
    while ((n = read(t->fd, chunk, sizeof chunk)) > 0) {
        buffer_add(&t->tail, chunk, (size_t)n);
        if (t->tail.len > 2 * QEMU_TRACE_KEPT)
            buffer_drop(&t->tail, t->tail.len - QEMU_TRACE_KEPT);
    }
}

static void trace_ready(int fd, bool readable, bool writable, void *arg)
{
    (void)fd;
    (void)readable;
    (void)writable;
    take(arg);
}

bool qemu_trace_open(struct qemu_trace *t, const char *path, struct error *err)
{
    unlink(path);
    /* Open for both: then QEMU's own opening never waits, and the FIFO never reads as ended. */
    if (mkfifo(path, 0600) || (t->fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)) < 0)
        return error_set(err, "cannot create %s: %s", path, strerror(errno));
    chmod(path, 0666); /* another user's QEMU (qemu:///system) writes it */
    t->watch = loop_watch(t->fd, trace_ready, t);
    return t->watch >= 0 || error_set(err, "too many descriptors");
}

bool qemu_trace_close(struct qemu_trace *t, const char *path, struct error *err)
{
    if (t->watch <= 0 || t->fd < 0)
        return true;
    take(t);
    loop_unwatch(t->watch);
    close(t->fd);
    t->fd = -1;
    return file_write(path, buffer_text(&t->tail), t->tail.len, err);
}

/* "     0: v=0e e=0002 i=0 cpl=0 IP=0008:ffffffff80100100 pc=ffffffff80100100 SP=… CR2=…", then
 * registers. */
static bool parse(const char *line, const char *end, struct qemu_exception *e)
{
    unsigned long long pc;
    const char *feed = memchr(line, '\n', (size_t)(end - line));
    const char *v = feed ? memmem(line, (size_t)(feed - line), ": v=", 4) : NULL;
    const char *at = feed ? memmem(line, (size_t)(feed - line), " pc=", 4) : NULL;
    if (!v || !at || sscanf(v, ": v=%x e=%llx", &e->vector, &e->error) != 2 ||
        sscanf(at, " pc=%llx", &pc) != 1)
        return false;
    e->pc = pc;
    e->registers = feed + 1;
    const char *segments = memmem(feed, (size_t)(end - feed), "\nES ", 4);
    e->registers_len = segments ? (size_t)(segments + 1 - e->registers) : 0;
    return true;
}

size_t qemu_trace_exceptions(const struct qemu_trace *t, size_t end, struct qemu_exception *out,
                             size_t n)
{
    const char *text = buffer_text(&t->tail), *limit = text + end, *line = limit;
    size_t found = 0;
    while (line > text && found < n) {
        const char *before = memrchr(text, '\n', (size_t)(line - 1 - text));
        line = before ? before + 1 : text;
        found += parse(line, limit, &out[found]);
        if (!before)
            break;
    }
    return found;
}

long qemu_trace_triple_fault(const struct qemu_trace *t)
{
    static const char mark[] = "Triple fault";
    const char *text = buffer_text(&t->tail), *end = text + t->tail.len, *last = NULL;
    for (const char *p = text; (p = memmem(p, (size_t)(end - p), mark, sizeof mark - 1)); p++)
        last = p;
    return last ? last - text : -1;
}
