/*
 * Kernel objects of one type, cut from blocks of frames.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A pool has slabs: a slab is one block of frames, a header and as many objects as fit. A slab is
 * full, partial or empty; the pool keeps one empty slab for the next object and gives others back
 * to the frames. Which objects are free stands in the header alone, so a write after free cannot
 * lead the pool astray, and a second free is always noticed. The kernel lock protects all of it.
 *
 *     static struct pool threads = POOL("thread", struct thread);
 */
#pragma once

#include "mem/frame_ranges.h"

#define POOL_OBJECT_LEN_MAX 4096
#define POOL_ORDER_MAX      3
#define POOL_HEADER_LEN     64

struct slab;

struct pool {
    const char *name;
    uint32_t size;     /* of an object, in bytes, rounded up for its alignment */
    uint16_t capacity; /* of a slab, in objects */
    uint8_t order;     /* of a slab's frames */
    struct slab *partial, *empty;
    uint64_t n_used, n_slabs;
    struct pool *next; /* of those that were ever used */
    bool listed;
};

/* How a pool for objects of SIZE bytes is laid out. */
#define POOL_ALIGNED(size) ((size) >= 512 ? 64 : 16)
#define POOL_SIZE(size) \
    (((size) + POOL_ALIGNED(size) - 1) / POOL_ALIGNED(size) * POOL_ALIGNED(size))
#define POOL_CAPACITY(size, order) (((FRAME_LEN << (order)) - POOL_HEADER_LEN) / POOL_SIZE(size))
#define POOL_ORDER(size)               \
    (POOL_CAPACITY(size, 0) >= 8   ? 0 \
     : POOL_CAPACITY(size, 1) >= 8 ? 1 \
     : POOL_CAPACITY(size, 2) >= 8 ? 2 \
                                   : POOL_ORDER_MAX)

/* Initialises a static pool for objects of TYPE, at most POOL_OBJECT_LEN_MAX bytes long. */
#define POOL(pool_name, type)                                              \
    {                                                                      \
        .name = (pool_name), .size = POOL_SIZE(sizeof(type)),              \
        .capacity = POOL_CAPACITY(sizeof(type), POOL_ORDER(sizeof(type))), \
        .order = POOL_ORDER(sizeof(type)),                                 \
    }

/* An object, zeroed, at a multiple of 16, or of 64 if it has 512 bytes or more; NULL: no memory. */
void *pool_alloc(struct pool *pool);

/* Gives back what pool_alloc() of this pool returned; panics on anything else. */
void pool_free(struct pool *pool, void *object);

/* Gives the empty slab back to the frames. */
void pool_trim(struct pool *pool);

/* The first of all pools that were ever used; the others follow by `next`. */
struct pool *pools_first(void);

/* Objects that are in use. */
uint64_t pool_used(const struct pool *pool);

/* Frames that the pool holds now. */
uint64_t pool_frames(const struct pool *pool);
