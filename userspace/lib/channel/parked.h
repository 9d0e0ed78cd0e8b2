/*
 * Channels between processes: in a memory object, waiting at its words, with a line that tells of
 * the other side's end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Both sides hold the memory object, of channel_size() bytes in whole pages, and a ParkSpace. Each
 * opens its end, sends or receives, and closes it.
 *
 * Memory does not say that its other user has died. So each side may give the other a client of an
 * endpoint that it keeps, of interface CHANNEL_LINE, and at which nobody ever receives: a call to
 * it ends, as disconnected, when the endpoint goes, with its process at the latest. channel_watch()
 * keeps such a call in flight, and waits end with it. Without a line a wait for somebody who has
 * died lasts until its deadline.
 *
 * A program that waits for other things beside the channel asks channel_ask() itself, and submits
 * channel_park() beside them.
 */
#pragma once

#include "capos/call.h"
#include "channel/channel.h"

#define CHANNEL_LINE 0xd0bd7cd5c9ab1fc2

struct channel {
    struct channel_end end; /* first */
    cap_t park, memory;
    uint64_t at; /* where it is mapped */
    struct call line;
    bool is_watched;
};

/* Maps the memory, and begins; on a refusal nothing is left behind. MEMORY and PARK stay the
 * caller's, and must live as long. */
struct outcome channel_open(struct channel *, enum channel_role, cap_t memory,
                            struct channel_layout, cap_t park);

/* Ends waits when the endpoint of LINE has gone; once for each channel. */
err_t channel_watch(struct channel *, cap_t line);

/* Waits until the other side has gone on, or the deadline (0: none). ERR_OK: look again.
 * ERR_TIMED_OUT. ERR_DISCONNECTED: it has closed, or its line has ended. ERR_NO_CALLS: the ring has
 * no room for an operation. A lie, or this side's close: as channel_more(). */
err_t channel_wait(struct channel *, uint64_t deadline);

/* Waiting at the bell, as an operation of the program's own; EXPECTED is channel_ask()'s. */
struct ring_submission channel_park(const struct channel *, uint32_t expected, uint64_t deadline);

/* channel_put() and channel_get(), which wait when they have to: what was put is published as
 * channel.h says. Inline, so that a constant length costs least; the slow ways wait, and try
 * again. */
err_t channel_send_slowly(struct channel *, const void *bytes, uint32_t len, uint64_t deadline);
err_t channel_receive_slowly(struct channel *, void *to, uint32_t room, uint32_t *len,
                             uint64_t deadline);

__attribute__((always_inline)) static inline err_t
channel_send(struct channel *channel, const void *bytes, uint32_t len, uint64_t deadline)
{
    err_t error = channel_put(&channel->end, bytes, len);

    return error == ERR_WOULD_WAIT ? channel_send_slowly(channel, bytes, len, deadline) : error;
}

__attribute__((always_inline)) static inline err_t
channel_receive(struct channel *channel, void *to, uint32_t room, uint32_t *len, uint64_t deadline)
{
    err_t error = channel_get(&channel->end, to, room, len);

    return error == ERR_WOULD_WAIT ? channel_receive_slowly(channel, to, room, len, deadline)
                                   : error;
}

/* Closes the end, and gives back what it has of its own: the mapping, the call. The ring must have
 * room for an operation, or the other side sleeps on. */
void channel_end_close(struct channel *);
