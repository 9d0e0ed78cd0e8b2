/*
 * Tests arena.c: blocks in any order never overlap, and all of the arena comes back.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/arena.h"

#include <stdlib.h>

#include "harness/test/check.h"
#include "kernel.h"

#define ROUNDS 50000
#define BLOCKS 24
#define LEN    8192
#define LARGE  (LEN - 8)

static struct block {
    uint32_t at, len;
    uint8_t mark;
} blocks[BLOCKS];

static struct ring_client *start(void)
{
    kernel_start(NULL);
    ring_mine()->arena_len = LEN;
    return ring_mine();
}

/* Fills its bytes with a mark that no neighbour has; a header or a block that overlaps spoils it. */
static bool block_open(struct ring_client *client, struct block *block)
{
    block->len = (uint32_t)rand() % 700;
    block->at = arena_alloc(client, block->len);
    if (block->at == ARENA_NONE)
        return false;
    block->mark = (uint8_t)rand();
    memset(ring_at(client, block->at), block->mark, block->len);
    return true;
}

static bool block_close(struct ring_client *client, struct block *block)
{
    const uint8_t *at = ring_at(client, block->at);

    for (uint32_t i = 0; i < block->len; i++) {
        if (at[i] != block->mark)
            return false;
    }
    arena_free(client, block->at);
    return true;
}

static void test_any_order(void)
{
    struct ring_client *client = start();
    uint32_t n = 0, refused = 0;
    bool whole = true;

    for (unsigned round = 0; round < ROUNDS && whole; round++) {
        uint32_t which = n ? (uint32_t)rand() % n : 0;

        if (n < BLOCKS && rand() % 2) {
            if (block_open(client, &blocks[n]))
                n++;
            else
                refused++;
        } else if (n > 0) {
            whole = block_close(client, &blocks[which]);
            blocks[which] = blocks[--n];
        }
    }
    check("no block is written by another", whole, "one was");
    check("an arena that is full refuses", refused > 0, "it never was");
    while (n > 0)
        whole = block_close(client, &blocks[--n]) && whole;
    check("all blocks come back whole", whole, "one did not");
    check("and with them the arena", client->used == 0 && client->last == 0, "%u used",
          client->used);
    check("as one", arena_alloc(client, LARGE) == 8, "it is in pieces");
}

/* Two waits, of which one always lasts longer than the other: the gaps below are used again. */
static void test_overlapping(void)
{
    struct ring_client *client = start();
    uint32_t older = arena_alloc(client, 1000), newer;

    for (unsigned round = 0; round < 1000; round++) {
        newer = arena_alloc(client, 1000);
        if (newer == ARENA_NONE)
            break;
        arena_free(client, older);
        older = newer;
    }
    check("gaps are used again", newer != ARENA_NONE, "the arena is full");
}

/* Gaps beside each other are one, at the end, in the middle, and when they are cut again. */
static void test_gaps(void)
{
    struct ring_client *client = start();
    uint32_t at[8];

    for (unsigned i = 0; i < 8; i++)
        at[i] = arena_alloc(client, 1016);
    check("full", arena_alloc(client, 0) == ARENA_NONE, "there is room");
    arena_free(client, at[2]);
    arena_free(client, at[4]);
    check("two gaps apart", arena_alloc(client, 1100) == ARENA_NONE, "they are one");
    arena_free(client, at[3]);
    check("three gaps in a row", arena_alloc(client, 3 * 1024 - 8) == at[2], "they are not one");
    arena_free(client, at[2]);
    check("cut", arena_alloc(client, 100) == at[2] && arena_alloc(client, 100) == at[2] + 112,
          "elsewhere");
    check("the rest", arena_alloc(client, 3 * 1024 - 2 * 112 - 8) == at[2] + 224, "elsewhere");
    for (unsigned i = 0; i < 8; i++) {
        if (i < 3 || i > 4)
            arena_free(client, at[i]);
    }
    arena_free(client, at[2] + 112);
    arena_free(client, at[2] + 224);
    check("nothing left", client->used == 0, "%u", client->used);
}

static void test_limits(void)
{
    struct ring_client *client = start();

    check("all of it", arena_alloc(client, LARGE) == 8, "no room");
    check("nothing is left", arena_alloc(client, 0) == ARENA_NONE, "there is room");
    arena_free(client, 8);
    check("one more than all", arena_alloc(client, LARGE + 1) == ARENA_NONE, "there is room");
    check("wrapping", arena_alloc(client, SIZE_MAX - 2) == ARENA_NONE, "there is room");
    check("4 GiB and a bit", arena_alloc(client, (1ull << 32) + 8) == ARENA_NONE, "there is room");
    arena_free(client, ARENA_NONE);
    check("rounded up", arena_alloc(client, 1) == 8 && client->used == 16, "%u", client->used);
}

int main(void)
{
    test_any_order();
    test_overlapping();
    test_gaps();
    test_limits();
    return check_done();
}
