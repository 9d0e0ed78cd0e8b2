/*
 * Calls "echo" from within a session, which is told who calls, and prints what that costs.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "interfaces/session.capnp.h"

#include "echo_client.h"
#include "measure.h"

static void call_once(void)
{
    call_echo();
}

int main(void)
{
    byhand_init();
    measure_overhead();
    echo_prepare(capos_cap("echo"), 64);
    echo_call.disclose = 1 << SESSION_FIELD_PRINCIPAL;
    measure("ipc.call_session", call_once, 1);
    return 0;
}
