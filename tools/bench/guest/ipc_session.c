/*
 * A call by a process of a session of its own.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "interfaces/session.capnp.h"
#include "ipc.h"

#include "bench/echo.capnp.h"

static cap_t create_session(void)
{
    static const uint8_t account[16] = {1, 2, 3};
    struct call call;
    struct sessions_create_params_builder params;
    struct capnp_list_builder fields;
    cap_t control, launcher;

    params = sessions_create_open(&call, capos_cap("sessions"), 1 + 2);
    fields = sessions_create_params_init_fields(params, 1);
    capnp_list_set_data(fields, SESSION_FIELD_PRINCIPAL,
                        (struct capnp_data){account, sizeof(account)});
    check(outcome_is_done(call_make(&call, 64)), "a session");
    control = call_cap(&call, 1);
    call_close(&call);
    check(outcome_is_done(session_control_launcher(control, &launcher)), "its launcher");
    cap_release(control);
    return launcher;
}

void ipc_measure_session(void)
{
    struct ipc_server echo = ipc_serve("echo");
    cap_t launcher = create_session(), client, process;

    check(outcome_is_done(endpoint_mint(echo.endpoint, 1, INTERFACE_ECHO, SCOPE_SHAREABLE,
                                        1 << SESSION_FIELD_PRINCIPAL, &client)),
          "a client");

    struct process_grant grants[] = {{"echo", client}, {"console", capos_cap("console")}};
    struct process_request request = {
        .image = "member", .grants = grants, .n_grants = 2, .budget = BUDGET_SMALL};

    check(outcome_is_done(process_launch(launcher, &request, &process)), "a process of it");
    ipc_finish(process);
    cap_release(launcher);
    cap_release(client);
    ipc_close(&echo);
}
