/*
 * UserSession (kernel.capnp): a session, for those who act in it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/user_session.h"

#include "abi/kernel.capnp.h"
#include "ring/invocation.h"
#include "session/reference.h"
#include "session/session.h"

static struct session *session_of(const struct invocation *invocation)
{
    return (struct session *)invocation->object;
}

static void build_fields(struct capnp_list_builder list, const struct session *session)
{
    for (uint32_t i = 0; i < SESSION_FIELDS; i++)
        capnp_list_set_data(list, i, capnp_data(session->fields[i].bytes, session->fields[i].len));
}

static err_t info(struct invocation *invocation)
{
    const struct session *session = session_of(invocation);
    struct user_session_info_results_builder results;

    if (!session->live)
        return ERR_STALE_SESSION;
    results = user_session_info_results_init_root(&invocation->results);
    build_fields(user_session_info_results_init_fields(results, SESSION_FIELDS), session);
    user_session_info_results_set_epoch(results, session->epoch);
    user_session_info_results_set_created(results, session->created);
    user_session_info_results_set_expires(results, session->expires);
    return ERR_OK;
}

static err_t audit_context(struct invocation *invocation)
{
    const struct session *session = session_of(invocation);
    struct user_session_audit_context_results_builder results =
        user_session_audit_context_results_init_root(&invocation->results);
    uint8_t audit[REFERENCE_LEN];

    reference_for_audit(session->id, audit);
    user_session_audit_context_results_set_audit(results, capnp_data(audit, sizeof(audit)));
    build_fields(user_session_audit_context_results_init_fields(results, SESSION_FIELDS), session);
    user_session_audit_context_results_set_live(results, session->live);
    user_session_audit_context_results_set_ended_by(results, (enum ended_by)session->ended_by);
    return ERR_OK;
}

static err_t logout(struct invocation *invocation)
{
    user_session_logout_results_init_root(&invocation->results);
    session_end(session_of(invocation), SESSION_LOGOUT);
    return ERR_OK;
}

/* It is for its holder's session only, wherever its maker gives it. */
err_t user_session_give(struct invocation *invocation, struct session *session, uint32_t *index)
{
    static const struct cap_rights rights = {
        .interface_id = INTERFACE_USER_SESSION, .scope = CAP_SAME_SESSION, .first_hand = true};

    return invocation_give(invocation, &session->object, &rights, index);
}

static const struct method methods[USER_SESSION_METHODS] = {
    [USER_SESSION_INFO] = {info, RESULT_WORDS(USER_SESSION_INFO), 0},
    [USER_SESSION_AUDIT_CONTEXT] = {audit_context, RESULT_WORDS(USER_SESSION_AUDIT_CONTEXT), 0},
    [USER_SESSION_LOGOUT] = {logout, RESULT_WORDS(USER_SESSION_LOGOUT), 0},
};

/* Who wants to know about an ended session may ask, whatever has become of his own. */
const struct object_type user_session_type = {
    .name = "session",
    .interface_id = INTERFACE_USER_SESSION,
    .methods = methods,
    .n_methods = USER_SESSION_METHODS,
    .destroy = session_destroy,
};
