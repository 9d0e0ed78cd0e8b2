/*
 * Which memory may be given out: what the loader calls usable, without what is taken.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The ranges may be anything: in any order, overlapping, empty, not aligned, beyond the end of
 * memory. Nothing is copied and nothing is changed.
 */
#pragma once

#include "lib/types.h"

#define FRAME_BITS 12
#define FRAME_LEN  ((uint64_t)1 << FRAME_BITS)

#define FRAME_LOWEST ((paddr_t)1 << 20) /* below it is the firmware's, whatever the loader says */
#define FRAME_LIMIT  ((paddr_t)1 << 39) /* what one slot of the top page table maps: 512 GiB */

/* [from, to) */
struct frame_range {
    paddr_t from, to;
};

struct frame_ranges {
    const struct frame_range *usable;
    size_t n_usable;
    const struct frame_range *taken; /* one that ends before it begins reaches to the limit */
    size_t n_taken;
};

/*
 * Finds the first run of whole frames from address AT on that are usable and not taken, between
 * FRAME_LOWEST and FRAME_LIMIT; false: there is none. Whoever goes on at RUN->to gets all of them,
 * in ascending order, each frame once; two runs may touch.
 */
bool frame_ranges_next(const struct frame_ranges *ranges, paddr_t at, struct frame_range *run);
