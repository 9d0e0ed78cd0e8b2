/*
 * SessionFactory (kernel.capnp): makes sessions.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/session_factory.h"

#include "abi/kernel.capnp.h"
#include "lib/message_bytes.h"
#include "object/session_control.h"
#include "object/user_session.h"
#include "process/process.h"
#include "ring/invocation.h"
#include "session/holder.h"
#include "session/session.h"

static err_t make(struct invocation *invocation, struct session **session)
{
    struct sessions_create_params_reader params = sessions_create_params_root(&invocation->params);
    struct capnp_list list = sessions_create_params_fields(params);
    struct bytes fields[SESSION_FIELDS];
    err_t error;

    if (capnp_list_len(list) > SESSION_FIELDS)
        return ERR_BAD_ARGUMENT;
    for (uint32_t i = 0; i < capnp_list_len(list); i++)
        fields[i] = bytes_of_data(capnp_list_data(list, i));
    error = capnp_error(&invocation->params); /* what could not be read looked empty */
    if (error)
        return error;
    return session_create(invocation->process->ledger, fields, capnp_list_len(list),
                          sessions_create_params_expires(params), session);
}

static err_t give_control(struct invocation *invocation, struct session *session, uint32_t *index)
{
    struct object *control;
    err_t error =
        holder_create(invocation->process->ledger, &session_control_type, session, &control);

    if (error)
        return error;
    error = invocation_give_object(invocation, control, index);
    object_put(control); /* the capability keeps it */
    return error;
}

static err_t create(struct invocation *invocation)
{
    struct session *session;
    uint32_t user, control;
    err_t error = make(invocation, &session);

    if (error)
        return error;
    error = user_session_give(invocation, session, &user);
    if (!error)
        error = give_control(invocation, session, &control);
    if (!error) {
        struct sessions_create_results_builder results =
            sessions_create_results_init_root(&invocation->results);

        sessions_create_results_set_user(results, user);
        sessions_create_results_set_control(results, control);
    }
    object_put(&session->object); /* the capabilities keep it */
    return error;
}

static const struct method methods[SESSIONS_METHODS] = {
    [SESSIONS_CREATE] = {create, RESULT_WORDS(SESSIONS_CREATE), 2},
};

static const struct object_type type = {
    .name = "session factory",
    .interface_id = INTERFACE_SESSIONS,
    .methods = methods,
    .n_methods = SESSIONS_METHODS,
    .session_bound = true,
};

struct object session_factory = {.type = &type, .refs = 1};
