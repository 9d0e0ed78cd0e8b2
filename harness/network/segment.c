/* An Ethernet segment made of the harness: what `wire` and `link` networks are.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/network/segment.h"

#include "harness/base/buffer.h"
#include "harness/event/loop.h"
#include "harness/network/capture.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    MAX_PORTS = 16,
    HEADER = 4,
    MIN_FRAME = 14,         /* two addresses and the EtherType (IEEE 802.3, 3.2) */
    PORT_PENDING = 4 << 20, /* bytes kept for a port that does not read */
    PORT_ROOM = 1 << 20,    /* above it, the scenario waits with sending */
};

struct port {
    struct segment *segment;
    int fd, watch;
    struct buffer in, out;
};

struct frame {
    uint8_t *data;
    size_t len;
};

struct segment {
    char *name;
    struct capture *capture;
    int listener, watch, expected;
    struct port ports[MAX_PORTS];
    int n_ports;
    struct frame received[SEGMENT_KEPT]; /* ring: taken..added, free-running */
    unsigned taken, added;
    struct frame current; /* what segment_receive() last gave */
    bool broken;
    struct error trouble;
};

static void break_segment(struct segment *s, const char *what)
{
    if (!s->broken)
        error_set(&s->trouble, "network %s: %s", s->name, what);
    s->broken = true;
    loop_changed();
}

static void flush_port(struct port *p)
{
    while (p->fd >= 0 && p->out.len) {
        ssize_t n = send(p->fd, p->out.data, p->out.len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        buffer_drop(&p->out, (size_t)n);
    }
    if (p->fd >= 0)
        loop_want(p->watch, true, p->out.len > 0);
}

static void give(struct port *p, const uint8_t *frame, size_t len)
{
    if (p->fd < 0)
        return;
    if (p->out.len + HEADER + len > PORT_PENDING) {
        break_segment(p->segment, "frames are lost: a network card has not taken 4 MiB of them");
        return;
    }
    uint32_t header = htonl((uint32_t)len);
    buffer_add(&p->out, &header, sizeof header);
    buffer_add(&p->out, frame, len);
    flush_port(p);
}

/* The oldest one makes room: what a scenario does not ask for must not fill the memory, and the capture has
 * it all. */
static void keep_for_scenario(struct segment *s, const uint8_t *frame, size_t len)
{
    if (s->added - s->taken == SEGMENT_KEPT)
        free(s->received[s->taken++ % SEGMENT_KEPT].data);
    struct frame *f = &s->received[s->added++ % SEGMENT_KEPT];
    f->data = malloc(len);
    if (!f->data)
        abort();
    memcpy(f->data, frame, len);
    f->len = len;
}

/* @from NULL: the scenario's own port. */
static void pass(struct segment *s, const struct port *from, const uint8_t *frame, size_t len)
{
    struct error err;
    if (s->capture && !capture_add(s->capture, frame, len, &err))
        break_segment(s, err.text);
    for (int i = 0; i < s->n_ports; i++)
        if (&s->ports[i] != from)
            give(&s->ports[i], frame, len);
    if (from)
        keep_for_scenario(s, frame, len);
    loop_changed();
}

static void close_port(struct port *p)
{
    loop_unwatch(p->watch);
    close(p->fd);
    p->fd = -1;
    loop_changed();
}

/* Passes on every whole frame in the port's input. False when what came is no frame. */
static bool take_frames(struct port *p)
{
    size_t done = 0;
    while (p->in.len - done >= HEADER) {
        uint32_t len;
        memcpy(&len, p->in.data + done, HEADER);
        len = ntohl(len);
        if (len < MIN_FRAME || len > FRAME_MAX)
            return false;
        if (p->in.len - done - HEADER < len)
            break;
        pass(p->segment, p, (const uint8_t *)p->in.data + done + HEADER, len);
        done += HEADER + len;
    }
    buffer_drop(&p->in, done);
    return true;
}

static void port_ready(int fd, bool readable, bool writable, void *arg)
{
    struct port *p = arg;
    if (writable) {
        flush_port(p);
        loop_changed(); /* somebody may wait for room */
    }
    if (!readable)
        return;
    char chunk[65536];
    ssize_t n = read(fd, chunk, sizeof chunk);
    if (n > 0)
        buffer_add(&p->in, chunk, (size_t)n);
    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
        close_port(p);
    } else if (!take_frames(p)) {
        break_segment(p->segment, "a machine sent a frame of an impossible length");
        close_port(p);
    }
}

static void port_connects(int fd, bool readable, bool writable, void *arg)
{
    (void)readable;
    (void)writable;
    struct segment *s = arg;
    int socket = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (socket < 0)
        return;
    if (s->n_ports == s->expected) {
        close(socket);
        return;
    }
    struct port *p = &s->ports[s->n_ports++];
    p->segment = s;
    p->fd = socket;
    p->watch = loop_watch(socket, port_ready, p);
    if (p->watch < 0)
        break_segment(s, "too many descriptors");
    loop_changed();
}

static bool listen_on(struct segment *s, const char *path, struct error *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path)
        return error_set(err, "the socket path %s is too long; use a shorter build folder", path);
    strcpy(address.sun_path, path);
    unlink(path);
    s->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listener < 0 || bind(s->listener, (struct sockaddr *)&address, sizeof address) ||
        listen(s->listener, MAX_PORTS))
        return error_set(err, "cannot listen on %s: %s", path, strerror(errno));
    chmod(path, 0777); /* another user's QEMU (qemu:///system) must be able to dial */
    s->watch = loop_watch(s->listener, port_connects, s);
    return s->watch >= 0 || error_set(err, "network %s: too many descriptors", s->name);
}

struct segment *segment_create(const char *name, const char *path, const char *capture, int ports,
                               struct error *err)
{
    if (ports > MAX_PORTS) {
        error_set(err, "network %s: more than %d network cards", name, MAX_PORTS);
        return NULL;
    }
    struct segment *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->name = copy_text(name);
    s->expected = ports;
    s->listener = -1;
    s->capture = capture_create(capture, err);
    if (s->capture && listen_on(s, path, err))
        return s;
    if (s->listener >= 0)
        close(s->listener);
    capture_close(s->capture);
    free(s->name);
    free(s);
    return NULL;
}

bool segment_send(struct segment *s, const uint8_t *frame, size_t len, struct error *err)
{
    if (len < MIN_FRAME || len > FRAME_MAX)
        return error_set(err, "a frame has from %d to %d bytes, not %zu", MIN_FRAME, FRAME_MAX,
                         len);
    pass(s, NULL, frame, len);
    return true;
}

const uint8_t *segment_receive(struct segment *s, size_t *len)
{
    if (s->taken == s->added)
        return NULL;
    free(s->current.data);
    s->current = s->received[s->taken++ % SEGMENT_KEPT];
    *len = s->current.len;
    return s->current.data;
}

int segment_connected(const struct segment *s)
{
    return s->n_ports;
}

int segment_open_ports(const struct segment *s)
{
    int n = 0;
    for (int i = 0; i < s->n_ports; i++)
        n += s->ports[i].fd >= 0;
    return n;
}

bool segment_has_room(const struct segment *s)
{
    for (int i = 0; i < s->n_ports; i++)
        if (s->ports[i].fd >= 0 && s->ports[i].out.len > PORT_ROOM)
            return false;
    return true;
}

bool segment_taken(const struct segment *s)
{
    for (int i = 0; i < s->n_ports; i++) {
        int unread = 0;
        if (s->ports[i].fd < 0)
            continue;
        if (s->ports[i].out.len || ioctl(s->ports[i].fd, SIOCOUTQ, &unread) || unread)
            return false;
    }
    return true;
}

const char *segment_trouble(const struct segment *s)
{
    return s->broken ? s->trouble.text : NULL;
}

void segment_close(struct segment *s)
{
    capture_close(s->capture);
    s->capture = NULL;
}
