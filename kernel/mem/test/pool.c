/*
 * Tests mem/pool.c against a list of the objects in use.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/pool.h"

#include "mem/frames.h"
#include "test/check.h"
#include "test/fake_direct.h"
#include "test/fake_panic.h"

#define MEMORY      ((paddr_t)16 << 20) /* of which the first is not given out */
#define OBJECTS_MAX 150000

struct sized_1 {
    uint8_t bytes[1];
};
struct sized_104 {
    uint8_t bytes[104];
};
struct sized_512 {
    uint8_t bytes[512];
};
struct sized_1000 {
    uint8_t bytes[1000];
};
struct sized_4096 {
    uint8_t bytes[4096];
};
struct sized_4097 {
    uint8_t bytes[4097];
};

static struct pool pools[] = {
    POOL("1", struct sized_1),       POOL("104", struct sized_104),   POOL("512", struct sized_512),
    POOL("1000", struct sized_1000), POOL("4096", struct sized_4096),
};
static const size_t sizes[] = {1, 104, 512, 1000, 4096};

#define N_POOLS (sizeof(pools) / sizeof(pools[0]))

/* Each object is filled with a byte of its own, from its first to its last. */
static struct object {
    struct pool *pool;
    uint8_t *at;
    uint8_t fill;
} objects[OBJECTS_MAX];
static size_t n_objects;
static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return (unsigned)(random_state >> 33) % limit;
}

static void start(void)
{
    static const struct frame_range usable = {0, MEMORY};

    fake_direct_start(MEMORY);
    memset(direct(0), 0xa5, MEMORY);
    frames_init(&usable, 1, NULL, 0);
    for (size_t i = 0; i < N_POOLS; i++) {
        pools[i].partial = pools[i].empty = NULL;
        pools[i].n_used = pools[i].n_slabs = 0;
    }
    n_objects = 0;
    random_state = 1;
}

static bool holds_only(const uint8_t *bytes, size_t len, uint8_t fill)
{
    while (len--) {
        if (bytes[len] != fill)
            return false;
    }
    return true;
}

/* ERR_MALFORMED: not zeroed or not aligned. */
static err_t take(size_t which)
{
    struct object *object = &objects[n_objects];
    size_t size = sizes[which];

    object->pool = &pools[which];
    object->at = pool_alloc(object->pool);
    if (!object->at)
        return ERR_NO_MEMORY;
    if (!holds_only(object->at, size, 0) || (uintptr_t)object->at % (size >= 512 ? 64 : 16))
        return ERR_MALFORMED;
    object->fill = (uint8_t)(1 + random_below(255));
    memset(object->at, object->fill, size);
    n_objects++;
    return ERR_OK;
}

/* False: somebody else wrote in it. */
static bool give_back(size_t i)
{
    struct object object = objects[i];
    bool intact = holds_only(object.at, sizes[object.pool - pools], object.fill);

    objects[i] = objects[--n_objects];
    pool_free(object.pool, object.at);
    return intact;
}

static uint64_t frames_of_pools(void)
{
    uint64_t n = 0;

    for (size_t i = 0; i < N_POOLS; i++)
        n += pool_frames(&pools[i]);
    return n;
}

static int check_nothing_left(void)
{
    for (size_t i = 0; i < N_POOLS; i++) {
        CHECK(pool_used(&pools[i]) == 0);
        CHECK(pool_frames(&pools[i]) <= (uint64_t)1 << pools[i].order);
        pool_trim(&pools[i]);
        CHECK(pool_frames(&pools[i]) == 0);
        pool_trim(&pools[i]);
    }
    CHECK(frames_free() == frames_total());
    PASS;
}

TEST(layout_is_as_promised)
{
    static const struct pool expected[] = {
        {.size = 16, .capacity = 252, .order = 0}, {.size = 112, .capacity = 36, .order = 0},
        {.size = 512, .capacity = 15, .order = 1}, {.size = 1024, .capacity = 15, .order = 2},
        {.size = 4096, .capacity = 7, .order = 3},
    };

    for (size_t i = 0; i < N_POOLS; i++) {
        CHECK(pools[i].size == expected[i].size);
        CHECK(pools[i].capacity == expected[i].capacity);
        CHECK(pools[i].order == expected[i].order);
    }
    PASS;
}

TEST(random_use_agrees_with_the_model)
{
    start();
    for (unsigned turn = 0; turn < 60000; turn++) {
        if (random_below(16) < (turn / 8192 % 2 ? 6 : 10))
            CHECK(take(random_below(16) ? random_below(4) : 4) != ERR_MALFORMED);
        else if (n_objects)
            CHECK(give_back(random_below((unsigned)n_objects)));
        CHECK(frames_free() + frames_of_pools() == frames_total());
    }
    CHECK(n_objects > 1000);
    while (n_objects)
        CHECK(give_back(random_below((unsigned)n_objects)));
    if (!check_nothing_left())
        return 0;
    fake_direct_end();
    PASS;
}

TEST(memory_runs_out_and_comes_back)
{
    for (size_t which = 1; which < N_POOLS; which++) {
        start();
        while (n_objects < OBJECTS_MAX && take(which) == ERR_OK)
            ;
        CHECK(pool_used(&pools[which]) == n_objects);
        CHECK(n_objects == pools[which].n_slabs * pools[which].capacity);
        CHECK(n_objects >= MEMORY / pools[which].size * 3 / 4);
        while (n_objects)
            CHECK(give_back(n_objects - 1));
        if (!check_nothing_left())
            return 0;
        fake_direct_end();
    }
    PASS;
}

/* At the edge of a slab nothing goes back and forth between pool and frames. */
TEST(one_empty_slab_is_kept)
{
    struct pool *pool = &pools[1];

    start();
    for (unsigned n = 0; n < 3U * pool->capacity; n++)
        CHECK(take(1) == ERR_OK);
    CHECK(pool_frames(pool) == 3);
    CHECK(take(1) == ERR_OK && pool_frames(pool) == 4);
    CHECK(give_back(n_objects - 1) && pool_frames(pool) == 4);
    CHECK(take(1) == ERR_OK && pool_frames(pool) == 4);
    CHECK(give_back(n_objects - 1) && pool_frames(pool) == 4);
    for (unsigned n = 0; n < pool->capacity; n++)
        CHECK(give_back(n_objects - 1));
    CHECK(pool_frames(pool) == 3);
    pool_trim(pool);
    CHECK(pool_frames(pool) == 2 && pool_used(pool) == 2U * pool->capacity);
    while (n_objects)
        CHECK(give_back(0));
    if (!check_nothing_left())
        return 0;
    fake_direct_end();
    PASS;
}

TEST(gap_in_a_full_slab_is_used_again)
{
    struct pool *pool = &pools[1];

    start();
    for (unsigned n = 0; n < 3U * pool->capacity; n++)
        CHECK(take(1) == ERR_OK);
    for (unsigned n = 0; n < 3; n++) {
        uint8_t *gap = objects[n * pool->capacity + 5].at;

        CHECK(give_back(n * pool->capacity + 5));
        CHECK(take(1) == ERR_OK && objects[n_objects - 1].at == gap);
        CHECK(pool_frames(pool) == 3);
    }
    while (n_objects)
        CHECK(give_back(0));
    if (!check_nothing_left())
        return 0;
    fake_direct_end();
    PASS;
}

TEST(wrong_frees_panic)
{
    static uint8_t *first, *second, *other, *wide;

    start();
    first = pool_alloc(&pools[1]);
    second = pool_alloc(&pools[1]);
    other = pool_alloc(&pools[2]);
    wide = pool_alloc(&pools[3]);
    CHECK(first && second && other && wide);
    CHECK_PANICS(pool_free(&pools[1], first + 1));
    CHECK_PANICS(pool_free(&pools[1], first + 16));
    CHECK_PANICS(pool_free(&pools[1], first - POOL_HEADER_LEN));
    CHECK_PANICS(pool_free(&pools[1], second + pools[1].size));            /* never given out */
    CHECK_PANICS(pool_free(&pools[3], wide + 15 * (size_t)pools[3].size)); /* behind the last */
    CHECK_PANICS(pool_free(&pools[1], other));
    CHECK_PANICS(pool_free(&pools[2], first));
    pool_free(&pools[1], first);
    CHECK_PANICS(pool_free(&pools[1], first));
    pool_free(&pools[1], second);
    CHECK_PANICS(pool_free(&pools[1], second)); /* in the empty slab */
    pool_trim(&pools[1]);
    CHECK_PANICS(pool_free(&pools[1], second)); /* in no slab */
    pool_free(&pools[2], other);
    pool_free(&pools[3], wide);
    if (!check_nothing_left())
        return 0;
    fake_direct_end();
    PASS;
}

TEST(too_large_objects_panic)
{
    static struct pool pool = POOL("4097", struct sized_4097);

    start();
    CHECK_PANICS(pool_alloc(&pool));
    fake_direct_end();
    PASS;
}

int main(void)
{
    RUN(layout_is_as_promised);
    RUN(random_use_agrees_with_the_model);
    RUN(memory_runs_out_and_comes_back);
    RUN(one_empty_slab_is_kept);
    RUN(gap_in_a_full_slab_is_used_again);
    RUN(wrong_frees_panic);
    RUN(too_large_objects_panic);
    TESTS_END;
}
