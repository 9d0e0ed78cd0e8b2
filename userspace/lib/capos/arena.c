/*
 * Room in a thread's arena: blocks, which are given back in any order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/arena.h"

static uint32_t len_of(const struct arena_block *block)
{
    return block->len & ~ARENA_FREE;
}

/* The block behind the one at AT learns the length of its predecessor. */
static void tell_next(struct ring_client *client, uint32_t at, uint32_t len)
{
    if (at + len < client->used)
        arena_block(client, at + len)->before = len;
    else
        client->last = len;
}

/* Makes one gap of the free block at AT and those that follow it. */
static uint32_t gap_join(struct ring_client *client, uint32_t at)
{
    uint32_t len = len_of(arena_block(client, at)), joined = len;

    while (at + joined < client->used && arena_block(client, at + joined)->len & ARENA_FREE)
        joined += len_of(arena_block(client, at + joined));
    if (joined != len) {
        arena_block(client, at)->len = joined | ARENA_FREE;
        tell_next(client, at, joined);
    }
    return joined;
}

/* Takes NEED bytes of the gap at AT; what remains is a gap of its own. */
static uint32_t gap_take(struct ring_client *client, uint32_t at, uint32_t len, uint32_t need)
{
    struct arena_block *block = arena_block(client, at);

    if (need < len) {
        *arena_block(client, at + need) = (struct arena_block){(len - need) | ARENA_FREE, need};
        tell_next(client, at + need, len - need);
    }
    block->len = need;
    return at + (uint32_t)sizeof(*block);
}

uint32_t arena_alloc_gap(struct ring_client *client, size_t need)
{
    uint32_t len;

    for (uint32_t at = 0; at < client->used; at += len) {
        len = len_of(arena_block(client, at));
        if (!(arena_block(client, at)->len & ARENA_FREE))
            continue;
        len = gap_join(client, at);
        if (len >= need)
            return gap_take(client, at, len, (uint32_t)need);
    }
    return ARENA_NONE;
}

void arena_trim(struct ring_client *client)
{
    while (client->used > 0) {
        struct arena_block *last = arena_block(client, client->used - client->last);

        if (!(last->len & ARENA_FREE))
            return;
        client->used -= client->last;
        client->last = last->before;
    }
}
