/*
 * Transfer scopes: which capability may go from which session to which.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/scope.h"

#include "object/endpoint.h"
#include "object/forwarder.h"
#include "session/reference.h"
#include "session/session.h"

err_t session_allows(const struct cap *cap, const struct session *from, const struct session *to,
                     enum crossing how)
{
    if (cap->rights.first_hand)
        return ERR_OK;
    switch ((enum cap_scope)cap->rights.scope) {
    case CAP_SHAREABLE:
        return ERR_OK;
    case CAP_SAME_SESSION:
        return from == to ? ERR_OK : ERR_SCOPE;
    default:
        return how == CROSS_LAUNCH ? ERR_OK : ERR_SCOPE;
    }
}

struct cap_rights session_rights(const struct cap *cap, const struct session *from,
                                 const struct session *to)
{
    struct cap_rights rights = cap->rights;
    struct object *endpoint;

    rights.first_hand = false;
    if (rights.facet == FACET_CLIENT && from != to && !cap_resolve(cap, &endpoint))
        reference_get(endpoint_of(endpoint)->id, to->id, rights.reference);
    return rights;
}
