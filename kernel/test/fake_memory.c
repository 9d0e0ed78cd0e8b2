/*
 * Frames and pools for host tests: each use after free is seen, and any allocation can fail.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "test/fake_memory.h"

#include <sanitizer/asan_interface.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "diag/panic.h"
#include "mem/direct.h"
#include "mem/frames.h"

#define FREE   0
#define INSIDE 0xff

int fake_memory_fails_after = -1;
uintptr_t fake_direct_base;

/* FREE, the order and one where a block begins, or INSIDE; nobody gets the frame at 0. */
static uint8_t blocks[FAKE_FRAMES] = {INSIDE};
static uint64_t n_free = FAKE_FRAMES - 1;
static size_t next;

static bool fails(void)
{
    return fake_memory_fails_after >= 0 && fake_memory_fails_after-- == 0;
}

/* --- Frames --- */

void fake_memory_start(void)
{
    void *memory = mmap(NULL, FAKE_FRAMES * FRAME_LEN, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (memory == MAP_FAILED)
        abort();
    fake_direct_base = (uintptr_t)memory;
    ASAN_POISON_MEMORY_REGION(memory, FAKE_FRAMES * FRAME_LEN);
}

static bool is_free(size_t first, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (blocks[first + i] != FREE)
            return false;
    }
    return true;
}

err_t frame_alloc(unsigned order, paddr_t *at)
{
    size_t n = (size_t)1 << order;

    if (fails())
        return ERR_NO_MEMORY;
    for (size_t tried = 0; tried < FAKE_FRAMES; tried += n) {
        size_t first = (next + n - 1) / n * n + tried;

        first %= FAKE_FRAMES;
        if (!is_free(first, n))
            continue;
        memset(&blocks[first], INSIDE, n);
        blocks[first] = (uint8_t)(order + 1);
        n_free -= n;
        next = first + n;
        *at = first * FRAME_LEN;
        ASAN_UNPOISON_MEMORY_REGION(direct(*at), n * FRAME_LEN);
        memset(direct(*at), 0xa5, n * FRAME_LEN);
        return ERR_OK;
    }
    return ERR_NO_MEMORY;
}

void frame_free(paddr_t at, unsigned order)
{
    size_t first = at / FRAME_LEN, n = (size_t)1 << order;

    kernel_assert(first < FAKE_FRAMES && blocks[first] == order + 1);
    memset(&blocks[first], FREE, n);
    n_free += n;
    ASAN_POISON_MEMORY_REGION(direct(at), n * FRAME_LEN);
}

uint64_t frames_total(void)
{
    return FAKE_FRAMES - 1;
}

uint64_t frames_free(void)
{
    return n_free;
}

/* --- Pools --- */

struct header {
    struct header *next, *prev;
    const struct pool *pool;
    uint64_t unused;
};

static struct header live = {.next = &live, .prev = &live};
static struct pool *first_pool;

static void add_to_list(struct pool *pool)
{
    if (pool->listed)
        return;
    pool->listed = true;
    pool->next = first_pool;
    first_pool = pool;
}

void *pool_alloc(struct pool *pool)
{
    struct header *header = fails() ? NULL : calloc(1, sizeof(*header) + pool->size);

    add_to_list(pool);
    if (!header)
        return NULL;
    header->pool = pool;
    header->next = &live;
    header->prev = live.prev;
    live.prev->next = header;
    live.prev = header;
    pool->n_used++;
    return header + 1;
}

void pool_free(struct pool *pool, void *object)
{
    struct header *header = (struct header *)object - 1;

    kernel_assert(header->pool == pool);
    header->next->prev = header->prev;
    header->prev->next = header->next;
    pool->n_used--;
    free(header);
}

struct pool *pools_first(void)
{
    return first_pool;
}

uint64_t pool_used(const struct pool *pool)
{
    return pool->n_used;
}

void fake_pool_visit(const struct pool *pool, void (*visit)(void *object))
{
    for (struct header *at = live.next; at != &live; at = at->next) {
        if (at->pool == pool)
            visit(at + 1);
    }
}
