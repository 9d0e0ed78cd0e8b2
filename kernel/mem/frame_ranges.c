/*
 * Which memory may be given out: what the loader calls usable, without what is taken.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "mem/frame_ranges.h"

static paddr_t round_down(paddr_t at)
{
    return at & ~(FRAME_LEN - 1);
}

static paddr_t round_up(paddr_t at)
{
    return round_down(at + FRAME_LEN - 1);
}

static paddr_t clamp(paddr_t at)
{
    if (at < FRAME_LOWEST)
        return FRAME_LOWEST;
    return at < FRAME_LIMIT ? at : FRAME_LIMIT;
}

/* The frames that lie in RANGE entirely. */
static struct frame_range frames_inside(struct frame_range range)
{
    return (struct frame_range){round_up(clamp(range.from)), round_down(clamp(range.to))};
}

/* The frames of which any byte lies in RANGE. */
static struct frame_range frames_touched(struct frame_range range)
{
    if (range.from == range.to)
        return (struct frame_range){0};
    if (range.to < range.from)
        range.to = FRAME_LIMIT;
    return (struct frame_range){round_down(clamp(range.from)), round_up(clamp(range.to))};
}

/* The first usable frames from AT on, taken or not. */
static bool find_usable(const struct frame_ranges *ranges, paddr_t at, struct frame_range *run)
{
    bool found = false;

    for (size_t i = 0; i < ranges->n_usable; i++) {
        struct frame_range range = frames_inside(ranges->usable[i]);

        if (range.from < at)
            range.from = at;
        if (range.from < range.to && (!found || range.from < run->from)) {
            *run = range;
            found = true;
        }
    }
    return found;
}

/* The end of a taken range that holds AT; AT itself when there is none. */
static paddr_t past_taken(const struct frame_ranges *ranges, paddr_t at)
{
    for (size_t i = 0; i < ranges->n_taken; i++) {
        struct frame_range taken = frames_touched(ranges->taken[i]);

        if (taken.from <= at && at < taken.to)
            return taken.to;
    }
    return at;
}

static void cut_at_taken(const struct frame_ranges *ranges, struct frame_range *run)
{
    for (size_t i = 0; i < ranges->n_taken; i++) {
        struct frame_range taken = frames_touched(ranges->taken[i]);

        if (run->from < taken.from && taken.from < run->to)
            run->to = taken.from;
    }
}

bool frame_ranges_next(const struct frame_ranges *ranges, paddr_t at, struct frame_range *run)
{
    at = round_up(clamp(at));
    while (find_usable(ranges, at, run)) {
        at = past_taken(ranges, run->from);
        if (at == run->from) {
            cut_at_taken(ranges, run);
            return true;
        }
    }
    return false;
}
