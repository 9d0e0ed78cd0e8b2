/*
 * What is done with the streams behind file descriptors.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "posix/dispatch.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "posix/stream.h"

#define GATHERED_MAX 1536 /* a buffer of stdio, and more */

size_t stream_at_once(size_t len)
{
    const struct ring_client *client = ring_mine();
    size_t most = (client->arena_len - client->used) / 2;

    if (most > STREAM_AT_ONCE)
        most = STREAM_AT_ONCE;
    return len < most ? len : most;
}

long stream_take(void *to, size_t len, struct capnp_data bytes)
{
    if (len > bytes.len)
        len = bytes.len;
    memcpy(to, bytes.at, len);
    return (long)len;
}

static long stream_read(struct stream *stream, void *to, size_t len)
{
    if (!stream || !stream->kind->read)
        return -EBADF;
    return len ? stream->kind->read(stream, to, len) : 0;
}

/* All of it, unless an error comes between. */
static long stream_write(struct stream *stream, const uint8_t *from, size_t len)
{
    size_t done = 0;

    if (!stream || !stream->kind->write)
        return -EBADF;
    while (done < len) {
        long result = stream->kind->write(stream, from + done, len - done);

        if (result < 0)
            return done ? (long)done : result;
        done += (size_t)result;
    }
    return (long)done;
}

/* (fd, to, len) */
long streams_read(const long *arguments)
{
    return stream_read(stream_of(arguments[0]), (void *)arguments[1], (size_t)arguments[2]);
}

/* (fd, from, len) */
long streams_write(const long *arguments)
{
    return stream_write(stream_of(arguments[0]), (const uint8_t *)arguments[1],
                        (size_t)arguments[2]);
}

/* (fd, pieces, n): into the first that has room, for more can be there only later. */
long streams_readv(const long *arguments)
{
    struct stream *stream = stream_of(arguments[0]);
    const struct iovec *pieces = (const struct iovec *)arguments[1];
    long i = 0;

    while (i < arguments[2] - 1 && pieces[i].iov_len == 0)
        i++;
    return i < arguments[2] ? stream_read(stream, pieces[i].iov_base, pieces[i].iov_len) : -EINVAL;
}

/* What fits into TO. */
static size_t gather(uint8_t *to, size_t room, const struct iovec *pieces, long n)
{
    size_t len = 0;

    for (long i = 0; i < n; i++) {
        size_t part = pieces[i].iov_len < room - len ? pieces[i].iov_len : room - len;

        memcpy(to + len, pieces[i].iov_base, part);
        len += part;
    }
    return len;
}

static long write_each(struct stream *stream, const struct iovec *pieces, long n)
{
    long done = 0;

    for (long i = 0; i < n; i++) {
        long result = stream_write(stream, pieces[i].iov_base, pieces[i].iov_len);

        if (result < 0)
            return done ? done : result;
        done += result;
    }
    return done;
}

/* (fd, pieces, n): at once if they are short, as stdio's lines are. */
long streams_writev(const long *arguments)
{
    struct stream *stream = stream_of(arguments[0]);
    const struct iovec *pieces = (const struct iovec *)arguments[1];
    uint8_t together[GATHERED_MAX];
    size_t len;

    if (arguments[2] < 0 || arguments[2] > IOV_MAX)
        return -EINVAL;
    len = gather(together, sizeof(together), pieces, arguments[2]);
    if (len < sizeof(together))
        return stream_write(stream, together, len);
    return write_each(stream, pieces, arguments[2]);
}

/* (fd) */
long streams_fsync(const long *arguments)
{
    struct stream *stream = stream_of(arguments[0]);

    if (!stream)
        return -EBADF;
    stream_flush(stream);
    return 0;
}

/* (fd, to) */
long streams_fstat(const long *arguments)
{
    struct stream *stream = stream_of(arguments[0]);

    if (!stream)
        return -EBADF;
    *(struct stat *)arguments[1] = (struct stat){
        .st_ino = (ino_t)stream->number + 1,
        .st_nlink = 1,
        .st_mode = stream->kind->mode,
        .st_uid = (uid_t)identity_user(arguments),
        .st_gid = (gid_t)identity_group(arguments),
        .st_blksize = STREAM_AT_ONCE,
    };
    return 0;
}

/* (fd, offset, whence) */
long streams_lseek(const long *arguments)
{
    return stream_of(arguments[0]) ? -ESPIPE : -EBADF;
}

static long set_modes(struct stream *stream, const struct termios *modes)
{
    long result = stream->kind->set_mode(stream, modes->c_lflag);

    if (result == 0)
        stream->modes = *modes;
    return result;
}

/* (fd, request, argument) */
long streams_ioctl(const long *arguments)
{
    struct stream *stream = stream_of(arguments[0]);
    struct winsize size;
    long result;

    if (!stream)
        return -EBADF;
    result = stream->kind->size ? stream->kind->size(stream, &size) : -ENOTTY;
    if (result)
        return result;
    switch (arguments[1]) {
    case TIOCGWINSZ:
        *(struct winsize *)arguments[2] = size;
        return 0;
    case TCGETS:
        *(struct termios *)arguments[2] = stream->modes;
        return 0;
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
        return set_modes(stream, (const struct termios *)arguments[2]);
    default:
        return -ENOTTY;
    }
}
