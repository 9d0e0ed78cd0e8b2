/*
 * A bounded channel in shared memory: messages from one producer to one consumer that do not trust
 * each other.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The memory begins with one struct channel_side for each end, which that end writes and the other
 * one reads; slots follow, each with the length of a message and room for the largest. Indices run
 * freely, count messages, and are taken modulo the number of slots at the access: the channel is
 * empty when they are equal, and full when they differ by that number.
 *
 * Nobody believes what the other side has written. An end keeps its own index, and what it has seen
 * of the other's; that one may go on, and no further than there are messages, or slots. A length is
 * read once, and checked; a message is copied out before anybody looks at it. Geometry is not in
 * the memory at all: both ends are told it by whom they trust. Whoever meets a lie closes the
 * channel, and every later operation says ERR_BAD_RING or ERR_BAD_LENGTH.
 *
 * Messages are passed on in batches: an index is published at each half of the slots, when
 * the end has nothing left to do, and by channel_publish().
 *
 * Waiting has three phases, as in sDDF's shared rings:
 *
 *   1. work: take, or put, as much as there is;
 *   2. ask: publish, remember the other side's `bell`, and count up one's own `request`;
 *   3. look again: what came between 1 and 2 was published by somebody who had not seen the
 *      request. Only if nothing came, wait until the bell is another.
 *
 * Whoever publishes looks for a new request behind that, and rings once for each: it counts up its
 * bell, and wakes who waits there. The order of the index and the request on the one side, of the
 * request and the look on the other, is kept by a full barrier each: one of the two sees the other.
 * kernel/models/channel.pml tries every order.
 *
 * An end belongs to one thread. It starts with memory that is all zero, and there is no second
 * start. How to wait and ring is told by parked.h; here is nothing but memory.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/err.h"

#define CHANNEL_SLOTS_MAX (1u << 20)

/* In the shared memory: what one end tells the other. */
struct channel_side {
    uint32_t index;   /* messages put, or taken */
    uint32_t request; /* how often it was about to wait */
    uint32_t bell;    /* how often it has rung: where the other one waits */
    uint32_t closed;  /* 1: no more will come, or be taken */
    uint32_t reserved[12];
};
_Static_assert(sizeof(struct channel_side) == 64, "a cache line for each side");

struct channel_slot {
    uint32_t len;
    uint32_t reserved;
    uint8_t bytes[];
};

/* Both ends must agree on it. */
struct channel_layout {
    uint32_t capacity; /* bytes of the largest message; a multiple of 8, not 0 */
    uint32_t n_slots;  /* a power of two, 2 to CHANNEL_SLOTS_MAX */
};

enum channel_role { CHANNEL_PRODUCER, CHANNEL_CONSUMER };

struct channel_end {
    struct channel_side *mine, *theirs;
    uint8_t *slots;
    struct channel_slot *slot; /* of the next message, while index is not the limit */
    uint64_t stride;
    uint32_t n_slots, capacity;
    uint32_t index;     /* the truth about mine->index, which is only written */
    uint32_t limit;     /* how far it can go before channel_more() has to look */
    uint32_t published; /* what the other side can see of it */
    uint32_t seen;      /* of theirs->index */
    uint32_t lead;      /* how far beyond theirs it can be: a producer by all slots */
    uint32_t requests, answered, bells;
    bool owed;   /* the last wake-up could not be sent */
    err_t error; /* why the channel is closed; ERR_OK: it is open */
    err_t (*ring)(struct channel_end *);
};

/* Bytes that a channel needs; 0: the layout is none. */
uint64_t channel_size(struct channel_layout layout);

/* Begins with the LEN bytes at MEMORY, aligned to 8. RING wakes who waits at mine->bell; when it
 * fails, it is tried again as the end goes on. ERR_BAD_ARGUMENT: the layout is none, or needs
 * more. */
err_t channel_begin(struct channel_end *end, enum channel_role role, void *memory, uint64_t len,
                    struct channel_layout layout, err_t (*ring)(struct channel_end *));

/* Publishes, and looks how far the end can go on. ERR_WOULD_WAIT: not at all. ERR_DISCONNECTED: the
 * other side has closed, and nothing is left of what it put. ERR_BAD_RING: its index is a lie.
 * ERR_ENDED: this end was closed. */
err_t channel_more(struct channel_end *end);

/* Shows the other side what has been put, or taken, and rings if it asks for that. */
void channel_publish(struct channel_end *end);

/* Phases 2 and 3 of waiting. True: nothing has come; wait until channel_bell() is not *EXPECTED. */
bool channel_ask(struct channel_end *end, uint32_t *expected);

static inline const uint32_t *channel_bell(const struct channel_end *end)
{
    return &end->theirs->bell;
}

/* Publishes, closes this end for good, and tells the other one. A consumer still gets what was put
 * before. */
void channel_close(struct channel_end *end);

/* The same for a reason, which later operations say: ERROR. */
err_t channel_fail(struct channel_end *end, err_t error);

/* --- A message at a time --- */

/* Copies LEN bytes: a constant number by the compiler, others in pieces of 16 as long as there are
 * any. */
__attribute__((always_inline)) static inline void channel_copy(void *to, const void *from,
                                                               uint32_t len)
{
    typedef uint64_t piece __attribute__((vector_size(16), aligned(1), may_alias));
    uint8_t *target = to;
    const uint8_t *source = from;

    if (__builtin_constant_p(len)) {
        __builtin_memcpy(to, from, len);
        return;
    }
    for (; len >= sizeof(piece); len -= sizeof(piece)) {
        *(piece *)target = *(const piece *)source;
        target += sizeof(piece);
        source += sizeof(piece);
    }
    for (; len > 0; len--)
        *target++ = *source++;
}

/* The limit is never behind the last slot, so only channel_more() goes round. */
static inline void channel_step(struct channel_end *end)
{
    end->index++;
    end->slot = (struct channel_slot *)((uint8_t *)end->slot + end->stride);
}

/* Puts a message of LEN bytes, to be published. ERR_BAD_LENGTH: it is larger than any may be. Else
 * as channel_more(). */
__attribute__((always_inline)) static inline err_t channel_put(struct channel_end *end,
                                                               const void *bytes, uint32_t len)
{
    struct channel_slot *slot;

    if (len > end->capacity)
        return ERR_BAD_LENGTH;
    if (__builtin_expect(end->index == end->limit, 0)) {
        err_t error = channel_more(end);

        if (error)
            return error;
    }
    slot = end->slot;
    slot->len = len;
    channel_copy(slot->bytes, bytes, len);
    channel_step(end);
    return ERR_OK;
}

/* Takes a message of *LEN bytes out, into ROOM bytes. ERR_NO_ROOM: it has *LEN, and stays.
 * ERR_BAD_LENGTH: its length is a lie. Else as channel_more(). */
__attribute__((always_inline)) static inline err_t channel_get(struct channel_end *end, void *to,
                                                               uint32_t room, uint32_t *len)
{
    const struct channel_slot *slot;
    uint32_t told;

    if (__builtin_expect(end->index == end->limit, 0)) {
        err_t error = channel_more(end);

        if (error)
            return error;
    }
    slot = end->slot;
    told = __atomic_load_n(&slot->len, __ATOMIC_RELAXED); /* once: it can change at any time */
    *len = told;
    if (__builtin_expect(told == room, 1)) {
        if (__builtin_expect(told > end->capacity, 0))
            return channel_fail(end, ERR_BAD_LENGTH);
        channel_copy(to, slot->bytes, room); /* a constant for many callers */
    } else {
        if (told > end->capacity)
            return channel_fail(end, ERR_BAD_LENGTH);
        if (told > room)
            return ERR_NO_ROOM;
        channel_copy(to, slot->bytes, told);
    }
    channel_step(end);
    return ERR_OK;
}
