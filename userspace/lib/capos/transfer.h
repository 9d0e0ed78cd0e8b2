/*
 * Capabilities that go along with a message, and those that came with one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is given is copied: the sender keeps its own. What is moved the sender has no more once it
 * has arrived, and has as before when it has not. What came is the receiver's, who takes what it
 * wants; the rest is dropped with the message.
 */
#pragma once

#include "capnp/message.h"
#include "capos/ring.h"

/* In the order of their indices. */
struct caps_given {
    uint32_t n;     /* may exceed RING_TRANSFERS_MAX, and then cannot be sent */
    uint32_t moves; /* a bit for each that moves */
    cap_t caps[RING_TRANSFERS_MAX];
};

struct caps_received {
    const struct ring_cap *caps; /* in the arena */
    uint32_t n;                  /* at most RING_TRANSFERS_MAX */
    uint32_t taken;              /* a bit for each that was taken */
};

_Static_assert(RING_TRANSFERS_MAX <= 32, "moves has a bit for each");

/* N of them behind a message, none of them taken. */
static inline struct caps_received caps_received(const uint8_t *at, uint32_t n)
{
    return (struct caps_received){.caps = (const struct ring_cap *)at, .n = n};
}

/* Adds one, to be copied or moved: its index, or CAPNP_NO_CAP for CAP_NONE. */
uint32_t caps_give(struct caps_given *, cap_t);
uint32_t caps_move(struct caps_given *, cap_t);

/* Bytes of the arena that they need, and writes them there, at AT, for the submission. */
static inline uint32_t caps_len(const struct caps_given *given)
{
    return given->n * (uint32_t)sizeof(struct ring_transfer);
}
void caps_write(const struct caps_given *, struct ring_client *, uint32_t at,
                struct ring_submission *);

/* Takes one. CAP_NONE: there is none with that index, or it was taken. */
cap_t caps_take(struct caps_received *, uint32_t index);

/* Its interface id, taken or not; 0: there is none. */
uint64_t caps_interface(const struct caps_received *, uint32_t index);

/* Drops what was not taken. */
void caps_drop_all(struct caps_received *);
static inline void caps_drop(struct caps_received *received)
{
    if (received->n > 0)
        caps_drop_all(received);
}
