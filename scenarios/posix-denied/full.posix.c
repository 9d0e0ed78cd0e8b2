/*
 * Writes while the arena, in which calls lie, has no room; its exit code says whether anything is not as it should be.
 * SPDX-License-Identifier: Apache-2.0
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "capos/arena.h"

#define BLOCKS_MAX 64

static uint32_t blocks[BLOCKS_MAX];
static unsigned n_blocks;

/* Large ones first: the last ones have the length 0. */
static void fill(struct ring_client *client)
{
    uint32_t len = client->arena_len;

    do {
        len /= 2;
        while (n_blocks < BLOCKS_MAX && (blocks[n_blocks] = arena_alloc(client, len)) != ARENA_NONE)
            n_blocks++;
    } while (len > 0);
}

int main(void)
{
    long written;
    int error;

    fill(ring_mine());
    written = write(1, "this is never seen\n", 19);
    error = errno;
    while (n_blocks > 0)
        arena_free(ring_mine(), blocks[--n_blocks]);
    printf("write() with a full arena: %s\n", written < 0 ? strerror(error) : "done");
    return written != -1 || error != ENOBUFS;
}
