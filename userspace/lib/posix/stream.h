/*
 * A stream behind file descriptors: a capability and how to read and write it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * There are three, made of the grants when they are first used; duplicated descriptors share them.
 */
#pragma once

#include <sys/types.h>
#include <termios.h>

#include "posix/posix.h"

#define STREAM_AT_ONCE 4000 /* what one call of any of the interfaces takes */
#define STREAM_LINE    160  /* console: what is longer becomes several lines of the log */

struct stream;

/* What a kind of stream does. Reading and writing may do less than asked for; they return how much
 * (nothing only at the end of the input) or -errno. A kind that cannot has NULL there: EBADF. */
struct stream_kind {
    mode_t mode; /* as fstat() shows it */
    long (*read)(struct stream *, void *to, size_t len);
    long (*write)(struct stream *, const void *from, size_t len);
    bool (*is_there)(struct stream *);                 /* NULL: always, when it was granted */
    void (*flush)(struct stream *);                    /* NULL: nothing is kept back */
    long (*size)(struct stream *, struct winsize *);   /* ENOTTY, or NULL: it is no terminal */
    long (*set_mode)(struct stream *, tcflag_t local); /* of a terminal */
};

struct stream {
    const struct stream_kind *kind; /* NULL: nothing was granted */
    unsigned number;                /* 0: input, 1: output, 2: error output */
    cap_t cap;
    struct termios modes;
    struct posix_lock lock; /* guards what follows */
    uint32_t kept;          /* console: bytes of a line that is not written yet */
    char line[STREAM_LINE];
};

extern const struct stream_kind byte_stream_kind, terminal_kind, console_kind;

/* descriptors.c: the stream behind a descriptor, NULL: no such descriptor; writes out what a stream
 * keeps back. */
struct stream *stream_of(long fd);
void stream_flush(struct stream *);

/* How much of LEN bytes fits into one call, beside the rest of it, in this thread's arena; 0 when
 * that is full. */
size_t stream_at_once(size_t len);

/* Copies what a call returned, at most LEN bytes: how many. */
long stream_take(void *to, size_t len, struct capnp_data bytes);
