/*
 * What both ends know: what is sent, and how the source is told.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "channel/parked.h"

/* The source's argument. It finds its grants as "forth", to send, and in ECHO "back", to receive;
 * "line" is init's, if any. */
struct task {
    enum { STREAM, ECHO, CLOSES, HANGS, SENDS_ON } what;
    struct channel_layout layout;
    uint32_t n;
};

#define LEN_MAX 1496

/* The same sequence on both sides. */
struct stream {
    uint64_t random;
    uint64_t checksum; /* FNV-1a of all messages */
    uint8_t message[LEN_MAX];
};

static inline void stream_begin(struct stream *stream)
{
    stream->random = 42;
    stream->checksum = 0xcbf29ce484222325;
}

static inline uint32_t stream_random(struct stream *stream)
{
    stream->random = stream->random * 6364136223846793005 + 1442695040888963407;
    return (uint32_t)(stream->random >> 33);
}

/* Makes the next message, of 0 to MOST bytes; its length. */
static inline uint32_t stream_next(struct stream *stream, uint32_t most)
{
    uint32_t len = stream_random(stream) % (most + 1), word = stream_random(stream);

    for (uint32_t i = 0; i < len; i++)
        stream->message[i] = (uint8_t)(word >> i % 4 * 8) ^ (uint8_t)(i / 4);
    return len;
}

static inline void stream_count(struct stream *stream, const uint8_t *message, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++)
        stream->checksum = (stream->checksum ^ message[i]) * 0x100000001b3;
}
