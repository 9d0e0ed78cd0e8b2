/*
 * Transfer scopes: which capability may go from which session to which.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "session/scope.h"

#include "object/endpoint.h"
#include "object/forwarder.h"
#include "session/reference.h"
#include "session/session.h"

err_t session_allows_narrow(const struct cap *cap, const struct session *from,
                            const struct session *to, enum crossing how)
{
    if (cap->rights.scope == CAP_SAME_SESSION)
        return from == to ? ERR_OK : ERR_SCOPE;
    return how == CROSS_LAUNCH ? ERR_OK : ERR_SCOPE;
}

/* One that was revoked can be called by nobody, in any session: it takes nothing of its sender's
 * along. */
void session_refer(struct cap *cap, const struct session *to)
{
    struct object *endpoint;

    cap->rights.reference[0] = cap->rights.reference[1] = 0;
    if (!cap_resolve(cap, &endpoint))
        reference_get(endpoint_of(endpoint)->id, to->id, cap->rights.reference);
}
