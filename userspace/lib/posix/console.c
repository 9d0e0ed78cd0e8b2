/*
 * Output on Console: whole lines of the kernel's log.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What has no line feed yet is kept back, until it has, or fills the buffer, or the program ends.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "posix/stream.h"

#define LINES_AT_ONCE 60

static long put(struct stream *stream, const char *text, size_t len)
{
    return posix_result(console_write(stream->cap, capnp_text_n(text, (uint32_t)len)));
}

static long put_kept(struct stream *stream)
{
    uint32_t len = stream->kept;

    stream->kept = 0;
    return len ? put(stream, stream->line, len) : 0;
}

/* How much of it is whole lines, as many as one call takes, of which the log cuts none. */
static size_t whole_lines(const char *text, size_t len)
{
    size_t end = 0, n = 0;

    for (size_t i = 0; i < len && n < LINES_AT_ONCE && i - end < STREAM_LINE; i++) {
        if (text[i] == '\n') {
            end = i + 1;
            n++;
        }
    }
    return end;
}

/* Adds to the line that is kept back, up to its end. */
static long keep(struct stream *stream, const char *text, size_t len)
{
    const char *end = memchr(text, '\n', len);
    size_t n = end ? (size_t)(end - text) + 1 : len;
    size_t room = sizeof(stream->line) - stream->kept;
    long result = 0;

    if (n > room)
        n = room;
    memcpy(stream->line + stream->kept, text, n);
    stream->kept += (uint32_t)n;
    if (stream->kept == sizeof(stream->line) || stream->line[stream->kept - 1] == '\n')
        result = put_kept(stream);
    return result ? result : (long)n;
}

static long write(struct stream *stream, const void *from, size_t len)
{
    size_t whole;
    long result;

    if (len == 0)
        return 0;
    len = stream_at_once(len);
    if (len == 0)
        return -ENOBUFS;
    posix_lock_take(&stream->lock);
    whole = stream->kept ? 0 : whole_lines(from, len);
    if (whole) {
        result = put(stream, from, whole);
        result = result ? result : (long)whole;
    } else {
        result = keep(stream, from, len);
    }
    posix_lock_give(&stream->lock);
    return result;
}

static void flush(struct stream *stream)
{
    posix_lock_take(&stream->lock);
    put_kept(stream);
    posix_lock_give(&stream->lock);
}

const struct stream_kind console_kind = {
    .mode = S_IFCHR | S_IWUSR,
    .write = write,
    .flush = flush,
};
