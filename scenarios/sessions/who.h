/*
 * A service that tells its callers how it sees them, and the program "member" that asks it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_WHO 0xa6e1c04d9b7f3258

enum {
    WHO_TELL, /* (anything) -> struct who */
    WHO_STOP, /* the same; then it serves no more */
};

/* The caller's session as the endpoint knows it. */
struct who {
    uint64_t session[2];
    uint64_t epoch, flags;
};

/* What "member" gets as its argument. */
struct member {
    struct who expected;
    uint32_t generations; /* of children that it starts, one by the other */
};

static inline struct who who_am_i(const uint64_t *params, uint16_t n_params)
{
    struct who who;

    check(outcome_is_done(capos_call(capos_cap("who"), INTERFACE_WHO, WHO_TELL, params, n_params,
                                     (uint64_t *)&who, sizeof(who) / 8)),
          "who I am");
    return who;
}

static inline bool is_same(struct who one, struct who other)
{
    return one.session[0] == other.session[0] && one.session[1] == other.session[1];
}
