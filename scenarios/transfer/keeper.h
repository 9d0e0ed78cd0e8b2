/*
 * What "keeper" does for others: it keeps capabilities that were moved to it, and moves them back.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Parameters and results are words. Only FETCH has a capability among its results.
 */
#pragma once

#include "post.h"

#define KEPT_MAX 8

enum {
    KEEPER_STORE, /* (capabilities) -> () */
    KEEPER_FETCH, /* () -> the one that came last */
    KEEPER_STATE, /* () -> (how many are kept, entries in use, the error of the last FETCH) */
    KEEPER_FILL,  /* (n) -> (): leaves n entries of its table free */
    KEEPER_DRAIN, /* () -> (): takes that back */
    KEEPER_EXIT,  /* () -> no answer */
};

/* Uses up the budget of capabilities but for LEAVE, in a list that is given back by drain(). */
struct fill {
    cap_t *caps;
    uint32_t n;
};

static inline void fill_table(struct fill *fill, struct program_endpoint post, uint32_t max,
                              uint32_t leave)
{
    while (fill->n < max &&
           outcome_is_done(endpoint_mint(post.server, 1, INTERFACE_POST, SCOPE_SHAREABLE, 0,
                                         &fill->caps[fill->n])))
        fill->n++;
    check(fill->n < max, "a table that is full");
    for (; leave; leave--)
        cap_release(fill->caps[--fill->n]);
}

static inline void drain_table(struct fill *fill)
{
    while (fill->n)
        cap_release(fill->caps[--fill->n]);
}
