/*
 * Transfer scopes: which capability may go from which session to which.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Who made a capability may give it to anyone, once; what has been received goes as far as its
 * scope says. All transfers and grants ask here, and take what the receiver's entry says from here.
 * Under the kernel lock.
 */
#pragma once

#include "cap/table.h"

struct session;

/* The ways of a capability into another table. */
enum crossing {
    CROSS_MESSAGE, /* along with a CALL or a RETURN */
    CROSS_SPAWN,   /* as a grant to a child in its parent's session */
    CROSS_LAUNCH,  /* as a grant of a SessionLauncher's */
};

/* Whether CAP may go from a process of session FROM to one of TO: ERR_SCOPE when not. */
err_t session_allows_narrow(const struct cap *cap, const struct session *from,
                            const struct session *to, enum crossing how);
static inline err_t session_allows(const struct cap *cap, const struct session *from,
                                   const struct session *to, enum crossing how)
{
    if (cap->rights.first_hand || cap->rights.scope == CAP_SHAREABLE)
        return ERR_OK;
    return session_allows_narrow(cap, from, to, how);
}

/* CAP, as it was at a process of session FROM, is one of TO's now: not first-hand, and of a client
 * it has the reference of TO. */
void session_refer(struct cap *cap, const struct session *to);
static inline void session_receive(struct cap *cap, const struct session *from,
                                   const struct session *to)
{
    cap->rights.first_hand = false;
    if (__builtin_expect(from != to && cap->rights.facet == FACET_CLIENT, 0))
        session_refer(cap, to);
}
