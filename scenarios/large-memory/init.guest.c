/*
 * Counts the machine's frames, and uses some that lie above 4 GiB.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/capos.h"

#define GIB_PAGES   (1u << 18)
#define BLOCK       1024 /* pages of a memory object, at most */
#define BLOCKS_MORE 16

static cap_t blocks[2 * GIB_PAGES / BLOCK + BLOCKS_MORE];

/* Takes more than lies below 4 GiB on this machine, which is 2 GiB. */
static unsigned take_more_than_low(void)
{
    unsigned n = 0;

    while (n < 2 * GIB_PAGES / BLOCK + BLOCKS_MORE) {
        struct outcome outcome = frames_allocate(capos_cap("frames"), BLOCK, &blocks[n]);

        check(outcome_is_done(outcome), "block %u, not: %s", n, outcome_sentence(outcome));
        n++;
    }
    return n;
}

static void write_and_read(cap_t block, uint64_t seed)
{
    volatile uint64_t *page;
    uint64_t at;

    check(outcome_is_done(memory_map(block, 0, 0, BLOCK, ACCESS_READ_WRITE, &at)), "a mapping");
    page = (volatile uint64_t *)at;
    for (uint64_t i = 0; i < BLOCK * 512; i += 512)
        page[i] = seed + i;
    for (uint64_t i = 0; i < BLOCK * 512; i += 512)
        check(page[i] == seed + i, "what was written to page %lu", i / 512);
}

int main(void)
{
    uint64_t frames = 0;
    unsigned n;

    system_system(capos_cap("system"), NULL, 0, NULL, NULL, &frames, NULL, NULL);
    check(frames > 15 * (uint64_t)GIB_PAGES + GIB_PAGES / 2, "16 GiB, not %lu frames", frames);
    console_printf("all of it can be had: %lu MiB", frames / 256);
    n = take_more_than_low();
    write_and_read(blocks[0], 1);
    write_and_read(blocks[n - 1], 2);
    console_printf("memory above 4 GiB keeps what is written");
    return 0;
}
