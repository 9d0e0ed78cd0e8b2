/*
 * File descriptors: numbers for the streams that the program was granted.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   0     "stdin" (ByteStream), or else "terminal" (TerminalSession)
 *   1, 2  "stdout", "stderr" (ByteStream), or else "terminal", or else "console" (Console)
 */
#include <errno.h>
#include <fcntl.h>

#include "interfaces/stdio.capnp.h"
#include "posix/dispatch.h"
#include "posix/stream.h"

#define FDS_MAX 64

static struct stream streams[3];

/* Guards the descriptors. The streams stay, whoever has them. */
static struct posix_lock fds_lock;
static bool fds_made;
static struct {
    struct stream *stream; /* NULL: closed */
    bool close_on_exec;
} fds[FDS_MAX];

/* The first of these that was granted, and is there. */
static void stream_make(struct stream *stream, const char *name, bool output)
{
    const struct {
        const char *name;
        uint64_t interface_id;
        const struct stream_kind *kind;
    } choices[] = {
        {name, INTERFACE_BYTE_STREAM, &byte_stream_kind},
        {"terminal", INTERFACE_TERMINAL, &terminal_kind},
        {"console", INTERFACE_CONSOLE, &console_kind},
    };
    unsigned n = output ? 3 : 2;

    for (unsigned i = 0; i < n && !stream->kind; i++) {
        stream->cap = posix_grant(choices[i].name, choices[i].interface_id);
        if (stream->cap && (!choices[i].kind->is_there || choices[i].kind->is_there(stream)))
            stream->kind = choices[i].kind;
    }
    stream->modes = (struct termios){
        .c_iflag = ICRNL,
        .c_oflag = OPOST | ONLCR,
        .c_cflag = CS8 | CREAD,
        .c_lflag = ICANON | ECHO | ECHOE | ECHOK | ISIG,
        .c_cc = {[VMIN] = 1},
    };
}

static void fds_make(void)
{
    static const char *const names[] = {"stdin", "stdout", "stderr"};

    for (int i = 0; i < 3; i++) {
        streams[i].number = (unsigned)i;
        stream_make(&streams[i], names[i], i > 0);
        fds[i].stream = streams[i].kind ? &streams[i] : NULL;
    }
    fds_made = true;
}

static void fds_take(void)
{
    posix_lock_take(&fds_lock);
    if (!fds_made)
        fds_make();
}

struct stream *stream_of(long fd)
{
    struct stream *stream;

    if (fd < 0 || fd >= FDS_MAX)
        return NULL;
    fds_take();
    stream = fds[fd].stream;
    posix_lock_give(&fds_lock);
    return stream;
}

void stream_flush(struct stream *stream)
{
    if (stream->kind && stream->kind->flush)
        stream->kind->flush(stream);
}

void streams_flush(void)
{
    for (int i = 0; i < 3; i++)
        stream_flush(&streams[i]);
}

/* (fd) */
long descriptors_close(const long *arguments)
{
    struct stream *stream = stream_of(arguments[0]);

    if (!stream)
        return -EBADF;
    stream_flush(stream);
    fds_take();
    fds[arguments[0]].stream = NULL;
    posix_lock_give(&fds_lock);
    return 0;
}

/* The descriptor TO, or the first free one from TO on. */
static long duplicate(long fd, long to, bool exactly, bool close_on_exec)
{
    struct stream *stream = stream_of(fd);

    if (!stream || (exactly && (to < 0 || to >= FDS_MAX)))
        return -EBADF;
    if (to < 0 || to >= FDS_MAX)
        return -EINVAL;
    fds_take();
    while (!exactly && to < FDS_MAX && fds[to].stream)
        to++;
    if (to < FDS_MAX) {
        fds[to].stream = stream;
        fds[to].close_on_exec = close_on_exec;
    }
    posix_lock_give(&fds_lock);
    return to < FDS_MAX ? to : -EMFILE;
}

/* (fd) */
long descriptors_dup(const long *arguments)
{
    return duplicate(arguments[0], 0, false, false);
}

/* (fd, to) */
long descriptors_dup2(const long *arguments)
{
    return duplicate(arguments[0], arguments[1], true, false);
}

/* (fd, to, flags) */
long descriptors_dup3(const long *arguments)
{
    if (arguments[0] == arguments[1] || (arguments[2] & ~O_CLOEXEC))
        return -EINVAL;
    return duplicate(arguments[0], arguments[1], true, arguments[2] & O_CLOEXEC);
}

/* (fd, command, argument) */
long descriptors_fcntl(const long *arguments)
{
    long fd = arguments[0];
    struct stream *stream = stream_of(fd);

    if (!stream)
        return -EBADF;
    switch (arguments[1]) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        return duplicate(fd, arguments[2], false, arguments[1] == F_DUPFD_CLOEXEC);
    case F_GETFD:
        return fds[fd].close_on_exec ? FD_CLOEXEC : 0;
    case F_SETFD:
        fds[fd].close_on_exec = arguments[2] & FD_CLOEXEC;
        return 0;
    case F_GETFL:
        if (!stream->kind->read)
            return O_WRONLY;
        return stream->kind->write ? O_RDWR : O_RDONLY;
    default:
        return -EINVAL;
    }
}
