/*
 * SessionControl (kernel.capnp): power over a session.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/session_control.h"

#include "abi/kernel.capnp.h"
#include "object/session_launcher.h"
#include "object/user_session.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "session/holder.h"
#include "session/session.h"

_Static_assert((int)ENDED_BY_NOBODY == SESSION_RUNS, "one numbering");
_Static_assert((int)ENDED_BY_LOGOUT == SESSION_LOGOUT, "one numbering");
_Static_assert((int)ENDED_BY_EXPIRY == SESSION_EXPIRY, "one numbering");
_Static_assert((int)ENDED_BY_CONTROL == SESSION_CONTROL, "one numbering");

static err_t launcher(struct invocation *invocation)
{
    struct session *session = holder_session(invocation->object);
    struct object *object;
    uint32_t index;
    err_t error = session->live ? holder_create(invocation->process->ledger, &session_launcher_type,
                                                session, &object)
                                : ERR_STALE_SESSION;

    if (error)
        return error;
    error = invocation_give_object(invocation, object, &index);
    if (!error)
        session_control_launcher_results_set_launcher(
            session_control_launcher_results_init_root(&invocation->results), index);
    object_put(object); /* the capability keeps it */
    return error;
}

static err_t renew(struct invocation *invocation)
{
    struct session *session = holder_session(invocation->object);
    err_t error =
        session_renew(session, session_control_renew_params_expires(
                                   session_control_renew_params_root(&invocation->params)));

    if (!error)
        session_control_renew_results_set_epoch(
            session_control_renew_results_init_root(&invocation->results), session->epoch);
    return error;
}

static err_t end(struct invocation *invocation)
{
    session_control_end_results_init_root(&invocation->results);
    session_end(holder_session(invocation->object), SESSION_CONTROL);
    return ERR_OK;
}

static err_t user(struct invocation *invocation)
{
    uint32_t index;
    err_t error = user_session_give(invocation, holder_session(invocation->object), &index);

    if (!error)
        session_control_user_results_set_user(
            session_control_user_results_init_root(&invocation->results), index);
    return error;
}

/* --- Waiting for the end --- */

static void withdraw(struct call *call)
{
    list_remove(&call->in_queue);
    holder_session(call->object)->n_waiters--;
}

static const struct call_kind waiting = {withdraw};

static void build_end(struct capnp_builder *results, const struct session *session)
{
    session_control_wait_results_set_ended_by(session_control_wait_results_init_root(results),
                                              (enum ended_by)session->ended_by);
}

void session_tell_end(struct session *session)
{
    while (!list_empty(&session->waiters)) {
        struct call *call = LIST_ENTRY(session->waiters.next, struct call, in_queue);
        struct capnp_builder results;

        withdraw(call);
        call_results(call, &results);
        build_end(&results, session);
        call_finish(call, &results);
    }
}

static err_t wait(struct invocation *invocation)
{
    struct session *session = holder_session(invocation->object);
    struct call *call;
    err_t error;

    if (!session->live) {
        build_end(&invocation->results, session);
        return ERR_OK;
    }
    if (session->n_waiters == SESSION_WAITERS)
        return ERR_IN_USE;
    error = invocation_begin(invocation, &waiting, invocation->submission->deadline, &call);
    if (error)
        return error;
    list_insert(&session->waiters, &call->in_queue);
    session->n_waiters++;
    return ERR_OK;
}

static const struct method methods[SESSION_CONTROL_METHODS] = {
    [SESSION_CONTROL_LAUNCHER] = {launcher, RESULT_WORDS(SESSION_CONTROL_LAUNCHER), 1},
    [SESSION_CONTROL_RENEW] = {renew, RESULT_WORDS(SESSION_CONTROL_RENEW), 0},
    [SESSION_CONTROL_END] = {end, RESULT_WORDS(SESSION_CONTROL_END), 0},
    [SESSION_CONTROL_WAIT] = {wait, RESULT_WORDS(SESSION_CONTROL_WAIT), 0},
    [SESSION_CONTROL_USER] = {user, RESULT_WORDS(SESSION_CONTROL_USER), 1},
};

const struct object_type session_control_type = {
    .name = "session control",
    .interface_id = INTERFACE_SESSION_CONTROL,
    .methods = methods,
    .n_methods = SESSION_CONTROL_METHODS,
    .destroy = holder_destroy,
    .session_bound = true,
};
