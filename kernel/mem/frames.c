/*
 * Physical memory, given out in blocks of 1 to 2^18 frames of 4 KiB each.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Memory is cut into zones of the largest block's size, so two halves of a block are in one zone,
 * and a zone without memory costs no bytes.
 */
#include "mem/frames.h"

#include "diag/panic.h"
#include "mem/direct.h"
#include "mem/zero.h"

#define ZONE_BITS        (FRAME_BITS + FRAME_ORDER_MAX)
#define ZONE_LEN         ((uint64_t)1 << ZONE_BITS)
#define N_ZONES          (FRAME_LIMIT / ZONE_LEN)
#define HIGH_RUNS_MAX    64
#define STATES_ALIGNED   8
#define CACHE_FILL_ORDER 3

/* What begins at a frame: one of these, and the order of what is used or free. */
enum {
    STATE_NONE = 0,      /* it is inside a block, or not ours */
    STATE_CACHED = 0x20, /* order 0 */
    STATE_USED = 0x40,
    STATE_FREE = 0x80,
};

/* A byte for each frame up to the last that is ours; the others are never given out. */
struct zone {
    uint8_t *states;
    uint32_t n;
};

/* The first bytes of a free block; lists[] are the heads of rings. */
struct free_block {
    struct free_block *next, *prev;
};

static struct zone zones[N_ZONES];
static struct free_block lists[FRAME_ORDER_MAX + 1];
static paddr_t cache[FRAMES_CACHED];
static size_t n_cached;
static uint64_t n_total, n_free;

/* Runs above FRAME_HIGH, until they are added. */
static struct frame_range high_runs[HIGH_RUNS_MAX];
static size_t n_high_runs;

static size_t zone_index(paddr_t at)
{
    return (at >> FRAME_BITS) & (((size_t)1 << FRAME_ORDER_MAX) - 1);
}

/* Of a frame that is ours. */
static uint8_t *state_of(paddr_t at)
{
    return &zones[at >> ZONE_BITS].states[zone_index(at)];
}

static void list_add(paddr_t at, unsigned order)
{
    struct free_block *head = &lists[order], *block = direct(at);

    block->next = head->next;
    block->prev = head;
    head->next->prev = block;
    head->next = block;
    *state_of(at) = (uint8_t)(STATE_FREE | order);
}

/* Leaves the state to the caller. */
static void list_remove(struct free_block *block)
{
    block->next->prev = block->prev;
    block->prev->next = block->next;
}

static bool list_is_empty(unsigned order)
{
    return lists[order].next == &lists[order];
}

/* The smallest block that is large enough, its upper halves given back. */
static err_t block_take(unsigned order, paddr_t *at)
{
    unsigned found = order;
    struct free_block *block;

    while (found <= FRAME_ORDER_MAX && list_is_empty(found))
        found++;
    if (found > FRAME_ORDER_MAX)
        return ERR_NO_MEMORY;
    block = lists[found].next;
    list_remove(block);
    *at = direct_phys(block);
    while (found-- > order)
        list_add(*at + (FRAME_LEN << found), found);
    *state_of(*at) = (uint8_t)(STATE_USED | order);
    return ERR_OK;
}

/* Joins the block, which is on no list, with its other half as often as that is free. */
static void block_join(paddr_t at, unsigned order)
{
    const struct zone *zone = &zones[at >> ZONE_BITS];
    paddr_t zone_at = at & ~(ZONE_LEN - 1);
    size_t index = zone_index(at);

    zone->states[index] = STATE_NONE;
    for (; order < FRAME_ORDER_MAX; order++) {
        size_t other = index ^ (size_t)1 << order;

        if (other >= zone->n || zone->states[other] != (STATE_FREE | order))
            break;
        zone->states[other] = STATE_NONE;
        list_remove(direct(zone_at + (other << FRAME_BITS)));
        index &= other;
    }
    list_add(zone_at + (index << FRAME_BITS), order);
}

static void cache_push(paddr_t at)
{
    *state_of(at) = STATE_CACHED;
    cache[n_cached++] = at;
}

/* Breaks the smallest block, or at most eight frames of it, into the empty cache: one by one they
 * would be split off again and again. */
static err_t cache_fill(void)
{
    unsigned order = 0;
    paddr_t at;
    err_t error;

    while (order < CACHE_FILL_ORDER && list_is_empty(order))
        order++;
    error = block_take(order, &at);
    if (error)
        return error;
    for (size_t n = (size_t)1 << order; n--;)
        cache_push(at + (n << FRAME_BITS));
    return ERR_OK;
}

static err_t cache_pop(paddr_t *at)
{
    err_t error = n_cached ? ERR_OK : cache_fill();

    if (error)
        return error;
    *at = cache[--n_cached];
    *state_of(*at) = STATE_USED;
    return ERR_OK;
}

/* A block that may only be whole once the cached frames have joined. */
static err_t block_take_joined(unsigned order, paddr_t *at)
{
    err_t error = block_take(order, at);

    if (error && n_cached) {
        frames_drain();
        error = block_take(order, at);
    }
    return error;
}

err_t frame_alloc(unsigned order, paddr_t *at)
{
    err_t error = order ? block_take_joined(order, at) : cache_pop(at);

    if (error)
        return error;
    n_free -= (uint64_t)1 << order;
    return ERR_OK;
}

/* Whether a block of ORDER that is given out begins at AT; any numbers will do. */
static bool is_used(paddr_t at, unsigned order)
{
    const struct zone *zone;
    size_t index;

    if (at >= FRAME_LIMIT || at % FRAME_LEN || order > FRAME_ORDER_MAX)
        return false;
    zone = &zones[at >> ZONE_BITS];
    index = zone_index(at);
    return index < zone->n && zone->states[index] == (STATE_USED | order);
}

void frame_free(paddr_t at, unsigned order)
{
    kernel_assert(is_used(at, order));
    n_free += (uint64_t)1 << order;
    if (order == 0 && n_cached < FRAMES_CACHED)
        cache_push(at);
    else
        block_join(at, order);
}

void frames_drain(void)
{
    while (n_cached)
        block_join(cache[--n_cached], 0);
}

uint64_t frames_total(void)
{
    return n_total;
}

uint64_t frames_free(void)
{
    return n_free;
}

/* The order of the largest block that begins at FROM and ends by TO. */
static unsigned order_that_fits(paddr_t from, paddr_t to)
{
    unsigned aligned = (unsigned)__builtin_ctzll(from) - FRAME_BITS;
    unsigned fitting = 63 - (unsigned)__builtin_clzll(to - from) - FRAME_BITS;
    unsigned order = aligned < fitting ? aligned : fitting;

    return order < FRAME_ORDER_MAX ? order : FRAME_ORDER_MAX;
}

/* Gives out the run, without the zones that have no bytes. */
static void run_add(struct frame_range run)
{
    while (run.from < run.to) {
        unsigned order = order_that_fits(run.from, run.to);

        if (zones[run.from >> ZONE_BITS].n) {
            n_total += (uint64_t)1 << order;
            n_free += (uint64_t)1 << order;
            block_join(run.from, order);
        }
        run.from += FRAME_LEN << order;
    }
}

/* Lets the zones' bytes reach to the end of the run. Runs come in ascending order. */
static void run_measure(struct frame_range run)
{
    while (run.from < run.to) {
        paddr_t end = (run.from & ~(ZONE_LEN - 1)) + ZONE_LEN;

        if (end > run.to)
            end = run.to;
        zones[run.from >> ZONE_BITS].n = (uint32_t)zone_index(end - 1) + 1;
        run.from = end;
    }
}

static struct frame_range run_below(struct frame_range run, paddr_t at)
{
    return (struct frame_range){run.from < at ? run.from : at, run.to < at ? run.to : at};
}

static struct frame_range run_above(struct frame_range run, paddr_t at)
{
    return (struct frame_range){run.from > at ? run.from : at, run.to > at ? run.to : at};
}

/* Measures all zones; returns the longest run in low memory. */
static struct frame_range zones_measure(const struct frame_ranges *ranges)
{
    struct frame_range run = {0}, longest = {0};

    while (frame_ranges_next(ranges, run.to, &run)) {
        struct frame_range low = run_below(run, FRAME_HIGH);

        run_measure(run);
        if (low.to - low.from > longest.to - longest.from)
            longest = low;
    }
    return longest;
}

/* Puts the zones' bytes in the first part of GAP; returns that part, in whole frames. */
static struct frame_range zones_place(struct frame_range gap)
{
    paddr_t at = gap.from;

    for (size_t i = 0; i < N_ZONES; i++) {
        uint64_t len = (zones[i].n + STATES_ALIGNED - 1) & ~(uint64_t)(STATES_ALIGNED - 1);

        if (len > gap.to - at) {
            zones[i].n = 0;
        } else if (len) {
            zones[i].states = direct(at);
            zero_words(zones[i].states, len);
            at += len;
        }
    }
    return (struct frame_range){gap.from, (at + FRAME_LEN - 1) & ~(FRAME_LEN - 1)};
}

/* Adds what is low, and remembers what is high; PLACED is the part that holds the zones' bytes. */
static void runs_add_low(const struct frame_ranges *ranges, struct frame_range placed)
{
    struct frame_range run = {0};

    while (frame_ranges_next(ranges, run.to, &run)) {
        struct frame_range low = run_below(run, FRAME_HIGH), high = run_above(run, FRAME_HIGH);

        if (low.from == placed.from)
            low.from = placed.to;
        run_add(low);
        if (high.from < high.to && n_high_runs < HIGH_RUNS_MAX)
            high_runs[n_high_runs++] = high;
    }
}

void frames_init(const struct frame_range *usable, size_t n_usable, const struct frame_range *taken,
                 size_t n_taken)
{
    struct frame_ranges ranges = {usable, n_usable, taken, n_taken};

    zero_words(zones, sizeof(zones));
    for (unsigned order = 0; order <= FRAME_ORDER_MAX; order++)
        lists[order].next = lists[order].prev = &lists[order];
    n_cached = n_high_runs = 0;
    n_total = n_free = 0;
    runs_add_low(&ranges, zones_place(zones_measure(&ranges)));
}

void frames_add_high(void)
{
    while (n_high_runs)
        run_add(high_runs[--n_high_runs]);
}
