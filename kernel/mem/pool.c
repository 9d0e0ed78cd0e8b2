/*
 * Kernel objects of one type, cut from blocks of frames.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/pool.h"

#include "diag/panic.h"
#include "mem/direct.h"
#include "mem/frames.h"
#include "mem/zero.h"

#define WORD_BITS 64
#define N_WORDS   4 /* enough for a frame full of the smallest objects */

/* A full slab is on no list; the others are partial, or the pool's empty one. */
struct slab {
    struct slab *next, *prev; /* while partial */
    struct pool *pool;
    uint32_t n_used;
    uint64_t free[N_WORDS]; /* bit N: object N is free */
};

_Static_assert(sizeof(struct slab) <= POOL_HEADER_LEN, "objects begin behind the header");
_Static_assert(POOL_CAPACITY(1, 0) <= N_WORDS * WORD_BITS,
               "a bit for each of the smallest objects");

static struct slab *slab_of(const struct pool *pool, const void *object)
{
    return direct(direct_phys(object) & ~((FRAME_LEN << pool->order) - 1));
}

static void *slab_object(const struct pool *pool, struct slab *slab, size_t index)
{
    return (uint8_t *)slab + POOL_HEADER_LEN + index * pool->size;
}

static void partial_add(struct pool *pool, struct slab *slab)
{
    slab->prev = NULL;
    slab->next = pool->partial;
    if (slab->next)
        slab->next->prev = slab;
    pool->partial = slab;
}

static void partial_remove(struct pool *pool, struct slab *slab)
{
    if (slab->next)
        slab->next->prev = slab->prev;
    if (slab->prev)
        slab->prev->next = slab->next;
    else
        pool->partial = slab->next;
}

/* A word whose first N bits are set, or all. */
static uint64_t first_bits(size_t n)
{
    return n < WORD_BITS ? ((uint64_t)1 << n) - 1 : ~(uint64_t)0;
}

static struct slab *slab_create(struct pool *pool)
{
    struct slab *slab;
    paddr_t at;

    kernel_assert(pool->size && pool->size <= POOL_OBJECT_LEN_MAX);
    if (frame_alloc(pool->order, &at))
        return NULL;
    slab = direct(at);
    *slab = (struct slab){.pool = pool};
    for (size_t i = 0; i * WORD_BITS < pool->capacity; i++)
        slab->free[i] = first_bits(pool->capacity - i * WORD_BITS);
    pool->n_slabs++;
    return slab;
}

static void slab_destroy(struct pool *pool, struct slab *slab)
{
    pool->n_slabs--;
    frame_free(direct_phys(slab), pool->order);
}

/* There is no partial slab: makes one of an empty one. */
static struct slab *partial_refill(struct pool *pool)
{
    struct slab *slab = pool->empty;

    pool->empty = NULL;
    if (!slab)
        slab = slab_create(pool);
    if (slab)
        partial_add(pool, slab);
    return slab;
}

/* Of a slab that is not full. */
static size_t take_index(struct slab *slab)
{
    size_t word = 0;
    unsigned bit;

    while (!slab->free[word])
        word++;
    bit = (unsigned)__builtin_ctzll(slab->free[word]);
    slab->free[word] &= slab->free[word] - 1;
    return word * WORD_BITS + bit;
}

static struct pool *pools;

struct pool *pools_first(void)
{
    return pools;
}

static void list_pool(struct pool *pool)
{
    if (pool->listed)
        return;
    pool->listed = true;
    pool->next = pools;
    pools = pool;
}

void *pool_alloc(struct pool *pool)
{
    struct slab *slab = pool->partial;
    void *object;

    if (!slab) {
        list_pool(pool);
        slab = partial_refill(pool);
    }
    if (!slab)
        return NULL;
    object = slab_object(pool, slab, take_index(slab));
    if (++slab->n_used == pool->capacity)
        partial_remove(pool, slab);
    pool->n_used++;
    zero_words(object, pool->size);
    return object;
}

/* The last object of the partial slab has gone. */
static void slab_emptied(struct pool *pool, struct slab *slab)
{
    partial_remove(pool, slab);
    if (pool->empty)
        slab_destroy(pool, slab);
    else
        pool->empty = slab;
}

void pool_free(struct pool *pool, void *object)
{
    struct slab *slab = slab_of(pool, object);
    uint32_t offset = (uint32_t)((uint8_t *)object - (uint8_t *)slab) - POOL_HEADER_LEN;
    uint32_t index = offset / pool->size;
    uint64_t *word, bit = (uint64_t)1 << index % WORD_BITS;

    kernel_assert(slab->pool == pool);
    kernel_assert(offset % pool->size == 0 && index < pool->capacity);
    word = &slab->free[index / WORD_BITS];
    kernel_assert(!(*word & bit));
    *word |= bit;
    pool->n_used--;
    if (slab->n_used-- == pool->capacity)
        partial_add(pool, slab);
    if (!slab->n_used)
        slab_emptied(pool, slab);
}

void pool_trim(struct pool *pool)
{
    struct slab *slab = pool->empty;

    pool->empty = NULL;
    if (slab)
        slab_destroy(pool, slab);
}

uint64_t pool_used(const struct pool *pool)
{
    return pool->n_used;
}

uint64_t pool_frames(const struct pool *pool)
{
    return pool->n_slabs << pool->order;
}
