/* Memory that is released all at once: what a loaded manifest is made of.
 * SPDX-License-Identifier: Apache-2.0
 *
 * `(struct arena){0}` is an empty one. Like buffers, it aborts when memory runs out.
 */
#pragma once

#include <stddef.h>

struct arena {
    struct arena_block *last;
};

/* @size bytes of zeros, aligned for any type. */
void *arena_alloc(struct arena *, size_t size);

/* A copy of @text; NULL gives NULL. */
char *arena_text(struct arena *, const char *text);

/* Releases everything and leaves an empty arena. */
void arena_fini(struct arena *);
