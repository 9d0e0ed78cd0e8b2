/* Memory that is released all at once.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/manifest/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* One block per allocation: a manifest has a few hundred, and a checker of memory sees each. */
struct arena_block {
    struct arena_block *before;
    alignas(max_align_t) char data[];
};

void *arena_alloc(struct arena *arena, size_t size)
{
    struct arena_block *block = calloc(1, sizeof *block + size);
    if (!block)
        abort();
    block->before = arena->last;
    arena->last = block;
    return block->data;
}

char *arena_text(struct arena *arena, const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(arena_alloc(arena, size), text, size);
}

void arena_fini(struct arena *arena)
{
    while (arena->last) {
        struct arena_block *block = arena->last;
        arena->last = block->before;
        free(block);
    }
}
