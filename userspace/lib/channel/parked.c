/*
 * Channels between processes: in a memory object, waiting at its words, with a line that tells of
 * the other side's end.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "channel/parked.h"

#include "abi/kernel.calls.h"
#include "capos/page.h"
#include "capos/park.h"

/* Only the other side waits at our bell. */
static err_t wake(struct channel_end *end)
{
    struct channel *channel = (struct channel *)end;

    return park_wake(channel->park, &end->mine->bell, 1, NULL).code;
}

struct outcome channel_open(struct channel *channel, enum channel_role role, cap_t memory,
                            struct channel_layout layout, cap_t park)
{
    uint64_t pages = (channel_size(layout) + PAGE_LEN - 1) / PAGE_LEN, at = 0;
    struct outcome outcome;

    if (pages == 0 || pages > UINT32_MAX)
        return outcome_transport(ERR_BAD_ARGUMENT);
    outcome = memory_map(memory, 0, 0, (uint32_t)pages, ACCESS_READ_WRITE, &at);
    if (!outcome_is_done(outcome))
        return outcome;
    channel->memory = memory;
    channel->park = park;
    channel->is_watched = false;
    channel->at = at;
    channel_begin(&channel->end, role, (void *)at, pages * PAGE_LEN, layout, wake);
    return outcome;
}

err_t channel_watch(struct channel *channel, cap_t line)
{
    err_t error;

    call_open(&channel->line, line, CHANNEL_LINE, 0, 0);
    error = call_submit(&channel->line, 0, ring_next_id(ring_mine()));
    if (error)
        call_close(&channel->line);
    channel->is_watched = !error;
    return error;
}

struct ring_submission channel_park(const struct channel *channel, uint32_t expected,
                                    uint64_t deadline)
{
    return (struct ring_submission){
        .opcode = RING_PARK,
        .user_data = ring_next_id(ring_mine()),
        .cap = channel->park,
        .value = expected,
        .argument = (uint64_t)channel_bell(&channel->end),
        .deadline = deadline,
    };
}

/* Whatever the call says: nobody receives it, so the endpoint has gone, or there was none. */
static bool line_has_ended(struct channel *channel)
{
    struct outcome outcome;

    return channel->is_watched && call_poll(&channel->line, &outcome);
}

/* The line's completion has left room for the cancellation. */
static err_t give_up(struct channel *channel, uint64_t id)
{
    struct ring_completion completion;

    ring_cancel(ring_mine(), id);
    ring_take(ring_mine(), id, &completion);
    return channel_fail(&channel->end, ERR_DISCONNECTED);
}

/* The PARK that is queued, or the line. */
static err_t wait_for_either(struct channel *channel, uint64_t id)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;

    for (;;) {
        /* Counted before the looks: what comes after them is one more than these. */
        uint32_t held = ring_held(client);
        int64_t taken;

        if (ring_take(client, id, &completion))
            return (err_t)-completion.status;
        if (line_has_ended(channel))
            return give_up(channel, id);
        taken = ring_enter(client, held + 1, RING_NEVER);
        if (taken < 0)
            return (err_t)-taken;
    }
}

err_t channel_wait(struct channel *channel, uint64_t deadline)
{
    struct ring_client *client = ring_mine();
    struct ring_submission park;
    uint32_t expected;
    err_t error;

    if (!channel_ask(&channel->end, &expected))
        return channel->end.error;
    park = channel_park(channel, expected, deadline);
    if (ring_pending(client) >= ring_credit(client) || !ring_submit(client, &park))
        return ERR_NO_CALLS;
    error = wait_for_either(channel, park.user_data);
    return error == ERR_MISMATCH ? ERR_OK : error;
}

err_t channel_send_slowly(struct channel *channel, const void *bytes, uint32_t len,
                          uint64_t deadline)
{
    err_t error;

    do
        error = channel_wait(channel, deadline);
    while (!error && (error = channel_put(&channel->end, bytes, len)) == ERR_WOULD_WAIT);
    return error;
}

err_t channel_receive_slowly(struct channel *channel, void *to, uint32_t room, uint32_t *len,
                             uint64_t deadline)
{
    err_t error;

    do
        error = channel_wait(channel, deadline);
    while (!error && (error = channel_get(&channel->end, to, room, len)) == ERR_WOULD_WAIT);
    return error;
}

void channel_end_close(struct channel *channel)
{
    channel_close(&channel->end);
    if (channel->is_watched)
        call_close(&channel->line);
    memory_unmap(channel->memory, channel->at);
}
