/*
 * A Cap'n Proto message that is being read: its segments, what may still be followed, its error.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Encoding: https://capnproto.org/encoding.html. The runtime needs memcpy, memset and memcmp, and
 * neither allocates nor waits. A message lies in memory of the caller, aligned to 8, which must not
 * change while it is read: who shares it with others copies it first. Texts, data and lists point
 * into that memory and live as long as it.
 *
 * Messages come from anybody. Each pointer is checked when it is followed, so a message may be bad
 * in parts that nobody asks for. Whoever meets a lie gets the field's default or something empty,
 * and the message keeps the error: read everything, then ask capnp_error() once.
 *
 *     capnp_open(&message, params, params_len);
 *     until = capnp_u64(capnp_root(&message), 0);
 *     return capnp_error(&message);
 */
#pragma once

#include "abi/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * How many words may be followed: so many for each word of the message, and some for small ones.
 * Bounds the cost of messages whose pointers lead to the same words again and again. What takes no
 * words counts as one, each element of a list of such too.
 */
#define CAPNP_BUDGET       4
#define CAPNP_BUDGET_SMALL 64

/* How many pointers may be followed one from within the other. */
#define CAPNP_DEPTH 64

/* Not a capability: a null pointer. */
#define CAPNP_NO_CAP UINT32_MAX

/* The sizes of list elements, as encoded ("Lists"). */
enum capnp_size {
    CAPNP_VOID,
    CAPNP_BIT,
    CAPNP_BYTE,
    CAPNP_TWO_BYTES,
    CAPNP_FOUR_BYTES,
    CAPNP_EIGHT_BYTES,
    CAPNP_POINTER,
    CAPNP_COMPOSITE
};

struct capnp_segment {
    const uint64_t *words;
    uint32_t n_words;
};

/* Must stay where it is while it is read. Opened by capnp_open() or capnp_open_framed(). */
struct capnp_message {
    struct capnp_segment first;
    const struct capnp_segment *segments; /* all of them; NULL when there is only the first */
    uint64_t budget;                      /* words that may still be followed */
    uint32_t n_segments;
    err_t error; /* the first lie that was met */
};

/* LEN bytes and behind them a NUL. May contain NULs, and need not be UTF-8. AT is never NULL. */
struct capnp_text {
    const char *at;
    uint32_t len;
};

/* LEN bytes. AT is never NULL in what is read. */
struct capnp_data {
    const uint8_t *at;
    uint32_t len;
};

static inline struct capnp_text capnp_text_n(const char *at, uint32_t len)
{
    return (struct capnp_text){at, len};
}

static inline struct capnp_text capnp_text(const char *nul_terminated)
{
    return (struct capnp_text){nul_terminated, (uint32_t)__builtin_strlen(nul_terminated)};
}

static inline struct capnp_data capnp_data(const void *at, uint32_t len)
{
    return (struct capnp_data){at, len};
}

/* Notes ERROR, unless there is one already. MESSAGE may be NULL: a constant of generated code. */
static inline void capnp_note(struct capnp_message *message, err_t error)
{
    if (message && !message->error)
        message->error = error;
}

/*
 * Opens the LEN bytes AT, one segment without framing. Length 0: everything at its default.
 * ERR_BAD_MESSAGE is noted when LEN is no multiple of 8, or more than 2^32 words.
 */
static inline void capnp_open(struct capnp_message *message, const void *at, size_t len)
{
    *message = (struct capnp_message){
        .first = {at, (uint32_t)(len / 8)},
        .budget = len / 8 * CAPNP_BUDGET + CAPNP_BUDGET_SMALL,
        .n_segments = 1,
    };
    if (__builtin_expect((len & ~((uint64_t)UINT32_MAX * 8)) != 0, 0)) {
        message->first.n_words = 0;
        message->error = ERR_BAD_MESSAGE;
    }
}

/* Lets a message be followed without end: one of our own, or of a tool on the same side. */
static inline void capnp_trust(struct capnp_message *message)
{
    message->budget = UINT64_MAX;
}

/* The first lie that was met: ERR_BAD_MESSAGE, or ERR_OK. */
static inline err_t capnp_error(const struct capnp_message *message)
{
    return message->error;
}
