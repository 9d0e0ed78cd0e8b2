/*
 * Tests mem/frames.c against a map of who owns each frame.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/frames.h"

#include "test/check.h"
#include "test/fake_direct.h"
#include "test/fake_panic.h"

#define MIB ((paddr_t)1 << 20)
#define GIB ((paddr_t)1 << 30)

#define SMALL      (64 * MIB)
#define FRAMES_MAX (SMALL / FRAME_LEN)
#define ORDERS     (FRAME_ORDER_MAX + 1)

/* Bytes that mean a free or a used block of order 0 to the allocator; plus N: of order N. */
#define FREE_JUNK 0x80
#define USED_JUNK 0x40

struct block {
    paddr_t at;
    unsigned order;
};

static struct block blocks[FRAMES_MAX];
static size_t n_blocks;
static bool owned[FRAMES_MAX];
static uint64_t random_state;

static unsigned random_below(unsigned limit)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return (unsigned)(random_state >> 33) % limit;
}

/* A machine with 64 MiB full of JUNK, a kernel and a module. */
static void start_small(uint8_t junk)
{
    static const struct frame_range usable[] = {{0, 0x9fc00}, {MIB, 33 * MIB}, {33 * MIB, SMALL}};
    static const struct frame_range taken[] = {{MIB, MIB + 300001}, {40 * MIB, 41 * MIB + 5}};

    fake_direct_start(SMALL);
    memset(direct(0), junk, SMALL);
    frames_init(usable, 3, taken, 2);
    n_blocks = 0;
    memset(owned, 0, sizeof(owned));
    random_state = 1;
}

/* Whether the caller may use the block: nobody else does, and it is ordinary memory. */
static bool own(paddr_t at, unsigned order)
{
    paddr_t end = at + (FRAME_LEN << order);

    if (at < MIB + 300001 || end > SMALL || at % (FRAME_LEN << order))
        return false;
    if (at < 41 * MIB + 5 && end > 40 * MIB)
        return false;
    for (size_t i = at / FRAME_LEN; i < end / FRAME_LEN; i++) {
        if (owned[i])
            return false;
        owned[i] = true;
    }
    return true;
}

/* Takes a block and writes all over its first and last words. */
static err_t take(unsigned order)
{
    struct block *block = &blocks[n_blocks];
    err_t error = frame_alloc(order, &block->at);

    if (error)
        return error;
    block->order = order;
    if (!own(block->at, order))
        return ERR_OVERLAP;
    memset(direct(block->at), 0xff, 64);
    memset(direct(block->at + (FRAME_LEN << order) - 64), 0xff, 64);
    n_blocks++;
    return ERR_OK;
}

static void give_back(size_t i)
{
    struct block block = blocks[i];

    memset(&owned[block.at / FRAME_LEN], 0, (size_t)1 << block.order);
    blocks[i] = blocks[--n_blocks];
    frame_free(block.at, block.order);
}

static void give_all_back(void)
{
    while (n_blocks)
        give_back(random_below((unsigned)n_blocks));
}

/* How many free blocks of each order there are: takes the largest first, so none is split. */
static void count_blocks(size_t *counts)
{
    static struct block taken[FRAMES_MAX];
    size_t n = 0;

    frames_drain();
    for (unsigned order = ORDERS; order--;) {
        size_t before = n;

        while (frame_alloc(order, &taken[n].at) == ERR_OK)
            taken[n++].order = order;
        counts[order] = n - before;
    }
    while (n--)
        frame_free(taken[n].at, taken[n].order);
    frames_drain();
}

TEST(small_machine_is_all_there)
{
    size_t counts[ORDERS];
    uint64_t taken = (300001 + FRAME_LEN - 1) / FRAME_LEN + MIB / FRAME_LEN + 1;
    uint64_t states = FRAMES_MAX / FRAME_LEN;

    start_small(FREE_JUNK);
    CHECK(frames_total() == (SMALL - MIB) / FRAME_LEN - taken - states);
    CHECK(frames_free() == frames_total());
    count_blocks(counts);
    CHECK(counts[13] == 0 && counts[12] == 2); /* 16..32 MiB and 48..64 MiB */
    CHECK(counts[11] == 2 && counts[10] == 2); /* 8..16, 32..40; 4..8, 44..48 */
    fake_direct_end();
    PASS;
}

TEST(random_use_agrees_with_the_model)
{
    size_t before[ORDERS], after[ORDERS];

    start_small(FREE_JUNK);
    count_blocks(before);
    for (unsigned turn = 0; turn < 100000; turn++) {
        bool grows = random_below(16) < (turn / 4096 % 2 ? 7 : 10);
        unsigned order = random_below(4) ? random_below(3) : random_below(10);
        uint64_t free = frames_free();

        if (grows) {
            err_t error = take(order);

            CHECK(error == ERR_OK || error == ERR_NO_MEMORY);
            CHECK(frames_free() == free - (error ? 0 : 1 << order));
        } else if (n_blocks) {
            give_back(random_below((unsigned)n_blocks));
            CHECK(frames_free() > free);
        }
    }
    CHECK(n_blocks > 100);
    give_all_back();
    CHECK(frames_free() == frames_total());
    count_blocks(after);
    CHECK(memcmp(before, after, sizeof(before)) == 0);
    fake_direct_end();
    PASS;
}

TEST(every_frame_is_given_out_once_and_then_none)
{
    size_t before[ORDERS], after[ORDERS];

    start_small(FREE_JUNK);
    count_blocks(before);
    for (unsigned turn = 0; turn < 3; turn++) {
        while (take(0) == ERR_OK)
            ;
        CHECK(n_blocks == frames_total() && frames_free() == 0);
        for (unsigned order = 0; order < 70; order++)
            CHECK(take(order) == ERR_NO_MEMORY);
        give_all_back();
    }
    count_blocks(after);
    CHECK(memcmp(before, after, sizeof(before)) == 0);
    fake_direct_end();
    PASS;
}

/* The frames that are kept apart must not be why a large block is lacking. */
TEST(cached_frames_join_for_a_large_block)
{
    start_small(FREE_JUNK);
    while (take(0) == ERR_OK)
        ;
    for (size_t i = 0; i < n_blocks; i++) {
        if (blocks[i].at == 16 * MIB || blocks[i].at == 16 * MIB + FRAME_LEN)
            give_back(i--);
    }
    CHECK(frames_free() == 2);
    CHECK(take(1) == ERR_OK && blocks[n_blocks - 1].at == 16 * MIB);
    CHECK(frames_free() == 0);
    give_all_back();
    fake_direct_end();
    PASS;
}

TEST(wrong_frees_panic)
{
    static paddr_t one, many;

    start_small(FREE_JUNK);
    CHECK(frame_alloc(0, &one) == ERR_OK && frame_alloc(3, &many) == ERR_OK);
    CHECK_PANICS(frame_free(one + 1, 0));
    CHECK_PANICS(frame_free(one, 1));
    CHECK_PANICS(frame_free(one, FRAME_ORDER_MAX + 1));
    CHECK_PANICS(frame_free(one, 0x40));
    CHECK_PANICS(frame_free(many, 0));
    CHECK_PANICS(frame_free(many + FRAME_LEN, 0));
    CHECK_PANICS(frame_free(many + FRAME_LEN, 3));
    CHECK_PANICS(frame_free(0, 0));
    CHECK_PANICS(frame_free(MIB, 0));                  /* the kernel */
    CHECK_PANICS(frame_free(MIB + 74 * FRAME_LEN, 0)); /* the states */
    CHECK_PANICS(frame_free(SMALL, 0));
    CHECK_PANICS(frame_free(FRAME_LIMIT - FRAME_LEN, 0));
    CHECK_PANICS(frame_free(FRAME_LIMIT, 0));
    CHECK_PANICS(frame_free((paddr_t)-FRAME_LEN, 0));
    frame_free(one, 0);
    CHECK_PANICS(frame_free(one, 0)); /* kept apart */
    frames_drain();
    CHECK_PANICS(frame_free(one, 0)); /* joined */
    frame_free(many, 3);
    CHECK_PANICS(frame_free(many, 3));
    CHECK(frames_free() == frames_total());
    fake_direct_end();
    PASS;
}

TEST(free_of_a_half_that_has_joined_panics)
{
    static paddr_t lower, upper;
    static unsigned order;

    for (order = 1; order < 8; order++) {
        start_small((uint8_t)(USED_JUNK + order));
        do
            CHECK(frame_alloc(order, &lower) == ERR_OK);
        while (lower % (FRAME_LEN << (order + 1)));
        upper = lower + (FRAME_LEN << order);
        CHECK(frame_alloc(order, &blocks[0].at) == ERR_OK && blocks[0].at == upper);
        frame_free(lower, order);
        frame_free(upper, order);
        CHECK_PANICS(frame_free(upper, order));
        CHECK_PANICS(frame_free(lower, order));
    }
    fake_direct_end();
    PASS;
}

/* The last block's other half has no byte; what follows the bytes looks like a free block. */
TEST(nothing_follows_the_last_frame)
{
    for (unsigned order = 3; order < 10; order++) {
        struct frame_range usable = {MIB, 8 * MIB + (FRAME_LEN << order)};
        size_t counts[ORDERS], n = 0;

        start_small((uint8_t)(FREE_JUNK + order));
        frames_init(&usable, 1, NULL, 0);
        count_blocks(counts);
        for (unsigned i = 0; i < ORDERS; i++)
            n += counts[i] << i;
        CHECK(n == frames_total() && frames_free() == frames_total());
    }
    fake_direct_end();
    PASS;
}

/* 64 GiB: 2 below the hole, the rest above 4 GiB, which nothing may touch before it is added. */
TEST(high_memory_waits_until_it_is_added)
{
    static const struct frame_range usable[] = {{4 * GIB, 66 * GIB}, {0, 2 * GIB}};
    static const struct frame_range taken[] = {{5 * GIB, 5 * GIB + 1}, {0, 2 * MIB}};
    uint64_t low = (2 * GIB - 2 * MIB - 64 * MIB / 4) / FRAME_LEN;
    paddr_t at;

    fake_direct_start(66 * GIB);
    fake_direct_forbid(2 * GIB, 66 * GIB);
    frames_init(usable, 2, taken, 2);
    CHECK(frames_total() == low && frames_free() == low);
    CHECK(frame_alloc(FRAME_ORDER_MAX, &at) == ERR_OK && at == GIB);
    CHECK(frame_alloc(FRAME_ORDER_MAX, &at) == ERR_NO_MEMORY);

    fake_direct_allow(4 * GIB, 66 * GIB);
    frames_add_high();
    CHECK(frames_total() == low + 62 * GIB / FRAME_LEN - 1);
    for (unsigned n = 0; n < 61; n++)
        CHECK(frame_alloc(FRAME_ORDER_MAX, &at) == ERR_OK && at % GIB == 0 && at != 5 * GIB);
    CHECK(frame_alloc(FRAME_ORDER_MAX, &at) == ERR_NO_MEMORY);
    CHECK(frame_alloc(17, &at) == ERR_OK);
    frames_add_high();
    CHECK(frames_total() == low + 62 * GIB / FRAME_LEN - 1);
    fake_direct_end();
    PASS;
}

TEST(run_across_the_low_limit_is_cut)
{
    static const struct frame_range usable[] = {{4 * GIB - 4 * MIB, 4 * GIB + 4 * MIB}};
    uint64_t half = 4 * MIB / FRAME_LEN;

    fake_direct_start(5 * GIB);
    fake_direct_forbid(4 * GIB, 5 * GIB);
    frames_init(usable, 1, NULL, 0);
    CHECK(frames_total() == half - (256 * 1024 + half) / FRAME_LEN - 1);
    fake_direct_allow(4 * GIB, 5 * GIB);
    frames_add_high();
    CHECK(frames_total() == 2 * half - (256 * 1024 + half) / FRAME_LEN - 1);
    fake_direct_end();
    PASS;
}

/* Room for the bytes of the first zone alone: memory elsewhere is not given out blindly. */
TEST(zone_without_room_for_its_bytes_is_left_out)
{
    static const struct frame_range usable[] = {{MIB, MIB + 4 * FRAME_LEN},
                                                {3 * GIB - FRAME_LEN, 3 * GIB},
                                                {500 * GIB - FRAME_LEN, 500 * GIB}};
    paddr_t at;

    fake_direct_start(2 * MIB);
    frames_init(usable, 3, NULL, 0);
    frames_add_high();
    CHECK(frames_total() == 3);
    for (unsigned n = 0; n < 3; n++)
        CHECK(frame_alloc(0, &at) == ERR_OK && at > MIB && at < MIB + 4 * FRAME_LEN);
    CHECK(frame_alloc(0, &at) == ERR_NO_MEMORY);
    CHECK_PANICS(frame_free(3 * GIB - FRAME_LEN, 0));
    fake_direct_end();
    PASS;
}

TEST(no_memory_at_all)
{
    static const struct frame_range high = {8 * GIB, 9 * GIB};
    paddr_t at;

    frames_init(NULL, 0, NULL, 0);
    CHECK(frame_alloc(0, &at) == ERR_NO_MEMORY && frames_total() == 0);
    frames_init(&high, 1, NULL, 0);
    frames_add_high();
    CHECK(frame_alloc(0, &at) == ERR_NO_MEMORY && frames_total() == 0);
    PASS;
}

/* Many small pieces that overlap: each frame once, and the blocks come back as they were. */
TEST(hostile_ranges_are_used_once)
{
    for (unsigned seed = 0; seed < 40; seed++) {
        struct frame_range usable[12], taken[6] = {{MIB, MIB + 300001}, {40 * MIB, 41 * MIB + 5}};
        size_t before[ORDERS], after[ORDERS];

        start_small((uint8_t)((seed % 2 ? FREE_JUNK : USED_JUNK) + seed / 2 % 16));
        random_state = seed;
        for (unsigned i = 0; i < 12; i++) {
            usable[i].from = random_below(SMALL);
            usable[i].to = usable[i].from + random_below(SMALL - (unsigned)usable[i].from);
        }
        for (unsigned i = 2; i < 6; i++) {
            taken[i].from = random_below(SMALL);
            taken[i].to = taken[i].from + 1 + random_below(MIB);
        }
        frames_init(usable, 12, taken, 6);
        count_blocks(before);
        for (err_t error = ERR_OK; error != ERR_NO_MEMORY;) {
            error = take(0);
            CHECK(error == ERR_OK || error == ERR_NO_MEMORY);
        }
        CHECK(n_blocks == frames_total() && n_blocks > 0);
        for (unsigned i = 2; i < 6; i++)
            CHECK(!owned[taken[i].from / FRAME_LEN]);
        give_all_back();
        count_blocks(after);
        CHECK(memcmp(before, after, sizeof(before)) == 0);
    }
    fake_direct_end();
    PASS;
}

int main(void)
{
    RUN(small_machine_is_all_there);
    RUN(random_use_agrees_with_the_model);
    RUN(every_frame_is_given_out_once_and_then_none);
    RUN(cached_frames_join_for_a_large_block);
    RUN(wrong_frees_panic);
    RUN(free_of_a_half_that_has_joined_panics);
    RUN(nothing_follows_the_last_frame);
    RUN(high_memory_waits_until_it_is_added);
    RUN(run_across_the_low_limit_is_cut);
    RUN(zone_without_room_for_its_bytes_is_left_out);
    RUN(no_memory_at_all);
    RUN(hostile_ranges_are_used_once);
    TESTS_END;
}
