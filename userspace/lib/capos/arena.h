/*
 * Room in a thread's arena: blocks, which are given back in any order.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Blocks follow each other from the arena's beginning, each behind a word that says its length and
 * its predecessor's. A new one goes behind the last, which takes a few instructions and is what
 * calls do that nest like brackets; only when it does not fit there, it goes into the first gap.
 */
#pragma once

#include "capos/ring.h"

#define ARENA_NONE UINT32_MAX
#define ARENA_FREE 1u /* in the length of a block */

struct arena_block {
    uint32_t len;    /* bytes, with this; a multiple of 8. ARENA_FREE: nobody uses it */
    uint32_t before; /* bytes of the block before; 0: it is the first */
};

/* The offset of LEN (rounded up to 8) bytes, not cleared; ARENA_NONE: no room. */
static inline uint32_t arena_alloc(struct ring_client *, size_t len);

/* Gives them back; nothing for ARENA_NONE. Neither the caller nor the kernel uses them any more. */
static inline void arena_free(struct ring_client *, uint32_t offset);

/* The parts that are seldom needed: a gap for LEN bytes, header included; the end of blocks that
 * nobody uses. */
uint32_t arena_alloc_gap(struct ring_client *, size_t len);
void arena_trim(struct ring_client *);

static inline struct arena_block *arena_block(const struct ring_client *client, uint32_t at)
{
    return ring_at(client, at);
}

static inline uint32_t arena_alloc(struct ring_client *client, size_t len)
{
    uint32_t at = client->used;
    size_t need;

    if (len > client->arena_len)
        return ARENA_NONE;
    need = ((len + 7) & ~7ul) + sizeof(struct arena_block);
    if (need > client->arena_len - at)
        return arena_alloc_gap(client, need);
    *arena_block(client, at) = (struct arena_block){(uint32_t)need, client->last};
    client->last = (uint32_t)need;
    client->used = at + (uint32_t)need;
    return at + (uint32_t)sizeof(struct arena_block);
}

static inline void arena_free(struct ring_client *client, uint32_t offset)
{
    struct arena_block *block;

    if (offset == ARENA_NONE)
        return;
    block = arena_block(client, offset - (uint32_t)sizeof(*block));
    block->len |= ARENA_FREE;
    if (client->used - client->last != offset - sizeof(*block))
        return;
    client->used -= client->last;
    client->last = block->before;
    if (client->last > 0 && arena_block(client, client->used - client->last)->len & ARENA_FREE)
        arena_trim(client);
}
