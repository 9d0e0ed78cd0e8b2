/*
 * Input and output on ByteStream (userspace/interfaces/stdio.capnp), which somebody serves.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "interfaces/stdio.calls.h"
#include "posix/stream.h"

#define RESULT_ROOM 32 /* of results beside their bytes */

static long read(struct stream *stream, void *to, size_t len)
{
    uint32_t most = (uint32_t)stream_at_once(len);
    struct outcome outcome;
    struct call call;
    long result;

    byte_stream_read_params_set_max_len(byte_stream_read_open(&call, stream->cap, 0), most);
    outcome = interrupt_call(&call, RESULT_ROOM + most);
    result = stream_take(to, most, byte_stream_read_results_bytes(byte_stream_read_results(&call)));
    outcome = call_end(&call, outcome);
    if (outcome.code == ERR_DISCONNECTED)
        return -EIO;
    return outcome_is_done(outcome) ? result : posix_result(outcome);
}

static long write(struct stream *stream, const void *from, size_t len)
{
    uint32_t n = (uint32_t)stream_at_once(len);
    struct outcome outcome;
    struct call call;

    byte_stream_write_params_set_bytes(byte_stream_write_open(&call, stream->cap, (n + 7) / 8),
                                       capnp_data(from, n));
    outcome = call_end(&call, interrupt_call(&call, 0));
    if (outcome.code == ERR_DISCONNECTED)
        signals_raise(SIGPIPE);
    return outcome_is_done(outcome) ? (long)n : posix_result(outcome);
}

static long set_mode(struct stream *stream, tcflag_t local)
{
    enum byte_stream_mode mode = local & ECHO ? BYTE_STREAM_MODE_LINE : BYTE_STREAM_MODE_HIDDEN;
    struct outcome outcome;

    if (!(local & ICANON))
        mode = BYTE_STREAM_MODE_KEYS;
    outcome = byte_stream_set_mode(stream->cap, mode);
    return outcome.kind == OUTCOME_EXCEPTION ? -ENOTTY : posix_result(outcome);
}

/* A stream that is no terminal has no size. */
static long size(struct stream *stream, struct winsize *size)
{
    enum byte_stream_kind kind;
    uint16_t columns, rows;
    struct outcome outcome = byte_stream_info(stream->cap, &kind, &columns, &rows);

    if (!outcome_is_done(outcome))
        return posix_result(outcome);
    if (kind != BYTE_STREAM_KIND_TERMINAL)
        return -ENOTTY;
    *size = (struct winsize){.ws_col = columns, .ws_row = rows};
    return 0;
}

const struct stream_kind byte_stream_kind = {
    .mode = S_IFIFO | S_IRUSR | S_IWUSR,
    .read = read,
    .write = write,
    .set_mode = set_mode,
    .size = size,
};
