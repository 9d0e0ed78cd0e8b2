/* A byte stream of a run: what a serial port or a program said, kept whole, in memory and in a
 * file.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Life: created, then given a source (a pair of FIFOs that QEMU opens, or a program's output), bytes
 * come, the source ends. Nothing is lost: a FIFO holds 1 MiB, and what QEMU wrote into it is there
 * to be read even when QEMU is gone (behind a socket, QEMU keeps bytes back after some 300 writes of one
 * byte, and they die with it); a stream over its limit is an error rather than a gap. Every function
 * wants the loop's lock held unless it says otherwise; fields are private to stream.c but for those
 * that the matcher reads.
 */
#pragma once

#include "harness/base/buffer.h"
#include "harness/base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    STREAM_LIMIT = 256 << 20, /* bytes; more is a runaway guest */
    STREAM_LAST_LINE = 400,
};

/* Bytes on their way to a descriptor that does not take them at once. */
struct pending {
    struct buffer bytes;
    size_t done; /* written already; dropped now and then, not at each write */
};

struct stream {
    char *name;         /* as in the manifest */
    const char *kind;   /* "serial" or "program" */
    struct buffer data; /* all that came, raw */
    size_t cursor;      /* where the next expectation starts to look */
    bool ended;         /* the source closed: no more will come */
    bool broken; /* the log could not be written, or the limit was passed: `error` says which */
    struct error error;

    /* Called (loop thread, lock held) with each line, without its line feed; at the end of the stream
     * with what there is of the last one. */
    void (*on_line)(struct stream *, const char *line, size_t len, void *arg);
    void *on_line_arg;
    size_t line_start;  /* of the line not yet complete */
    size_t line_looked; /* up to here, it holds no line feed */

    int log;                  /* descriptor of the log file */
    int source, source_watch; /* -1 when not open */
    int keys, keys_watch;     /* where typed bytes go, -1 for a program */
    struct pending to_source; /* typed, not yet taken by the source */
    int pty, pty_watch;       /* master side, -1 unless stream_open_pty() */
    char *pty_path;           /* of the slave */
    int pty_keep;             /* our own open slave: without one, the master reads as hung up */
    struct pending to_pty;
    bool echo_live; /* WATCH=1: lines are shown on standard output as they come */
    int mirror;     /* a descriptor that gets every byte as it comes, -1 for none */
};

/* A new stream that logs to the file @log. The lock is not needed yet. */
struct stream *stream_create(const char *name, const char *kind, const char *log, struct error *);

/* Makes the FIFOs @path.out, from which the stream reads, and @path.in, to which it types: what
 * QEMU's chardev "pipe" opens. */
bool stream_open_fifos(struct stream *, const char *path, struct error *);

/* The source is gone: takes what still stands in the FIFO, and ends the stream. */
void stream_finish(struct stream *);

/* Takes over @fd (a program's output) as the source, which ends when all of its writers have closed it. */
bool stream_attach(struct stream *, int fd, struct error *);

/* Types @len bytes to the source; what it does not take at once is kept and sent when it does. */
void stream_send(struct stream *, const void *data, size_t len);

/* Makes the stream reachable as a pseudo-terminal too, for programs that want one: bytes go to
 * both, what the program types goes to the source. Returns the path of the slave, or NULL. */
const char *stream_open_pty(struct stream *, struct error *);

/* The last @n lines, escaped for people, each cut to STREAM_LAST_LINE bytes. Caller frees. */
char *stream_last_lines(const struct stream *, int n);
