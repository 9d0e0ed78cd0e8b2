/*
 * Input and output on TerminalSession: the second serial port, as a terminal.
 * SPDX-License-Identifier: Apache-2.0
 *
 * In canonical mode the kernel edits the line; otherwise bytes come as they are typed.
 */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include "posix/stream.h"

#define LINE_MAX    1024
#define RESULT_ROOM 40 /* of results beside their bytes */

/* There is one terminal. What was read of its line and not taken yet; guarded by the lock. */
static struct {
    struct posix_lock lock;
    uint32_t from, to;
    char bytes[LINE_MAX + 1];
} line;

/* A line with its line feed, or nothing: the end of the input. */
static void keep_line(struct terminal_read_line_results_reader results)
{
    struct capnp_data typed = terminal_read_line_results_line(results);

    line.from = line.to = 0;
    if (terminal_read_line_results_outcome(results) != TERMINAL_OUTCOME_LINE ||
        typed.len > LINE_MAX)
        return;
    memcpy(line.bytes, typed.at, typed.len);
    line.bytes[typed.len] = '\n';
    line.to = typed.len + 1;
}

static long read_line(struct stream *stream)
{
    bool visible = stream->modes.c_lflag & ECHO;
    struct outcome outcome;
    struct call call;
    struct terminal_read_line_params_builder params =
        terminal_read_line_open(&call, stream->cap, 0);

    terminal_read_line_params_set_max_len(params, LINE_MAX);
    terminal_read_line_params_set_echo(params,
                                       visible ? TERMINAL_ECHO_VISIBLE : TERMINAL_ECHO_HIDDEN);
    outcome = interrupt_call(&call, RESULT_ROOM + LINE_MAX);
    if (outcome_is_done(outcome))
        keep_line(terminal_read_line_results(&call));
    return posix_result(call_end(&call, outcome));
}

static long take_line(struct stream *stream, void *to, size_t len)
{
    long result = line.from < line.to ? 0 : read_line(stream);

    if (result)
        return result;
    if (len > line.to - line.from)
        len = line.to - line.from;
    memcpy(to, line.bytes + line.from, len);
    line.from += (uint32_t)len;
    return (long)len;
}

static long read_keys(struct stream *stream, void *to, size_t len)
{
    uint32_t most = len < LINE_MAX ? (uint32_t)len : LINE_MAX;
    struct outcome outcome;
    struct call call;
    long result;

    terminal_read_params_set_max_len(terminal_read_open(&call, stream->cap, 0), most);
    outcome = interrupt_call(&call, RESULT_ROOM + most);
    result = stream_take(to, most, terminal_read_results_bytes(terminal_read_results(&call)));
    outcome = call_end(&call, outcome);
    return outcome_is_done(outcome) ? result : posix_result(outcome);
}

static long read(struct stream *stream, void *to, size_t len)
{
    long result;

    if (!(stream->modes.c_lflag & ICANON))
        return read_keys(stream, to, len);
    posix_lock_take(&line.lock);
    result = take_line(stream, to, len);
    posix_lock_give(&line.lock);
    return result;
}

static long write(struct stream *stream, const void *from, size_t len)
{
    size_t n = stream_at_once(len);
    long result = posix_result(terminal_write(stream->cap, capnp_data(from, (uint32_t)n)));

    return result ? result : (long)n;
}

/* A machine without a second serial port refuses everything. */
static bool is_there(struct stream *stream)
{
    return outcome_is_done(terminal_write(stream->cap, capnp_data("", 0)));
}

/* Each read says anew what it wants. */
static long set_mode(struct stream *stream, tcflag_t local)
{
    (void)stream;
    (void)local;
    return 0;
}

/* A serial line does not tell. */
static long size(struct stream *stream, struct winsize *size)
{
    (void)stream;
    *size = (struct winsize){.ws_row = 24, .ws_col = 80};
    return 0;
}

const struct stream_kind terminal_kind = {
    .mode = S_IFCHR | S_IRUSR | S_IWUSR,
    .read = read,
    .write = write,
    .is_there = is_there,
    .set_mode = set_mode,
    .size = size,
};
