/*
 * A call and its answer on one processor.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "bench/echo.calls.h"
#include "echo_client.h"
#include "ipc.h"
#include "measure.h"

static void call_once(void)
{
    call_echo();
}

static void measure_by_hand(void)
{
    struct ipc_server echo = ipc_serve("echo");

    echo_prepare(echo.client, 64);
    measure("ipc.call", call_once, 1);
    echo_prepare(echo.client, 1024);
    measure("ipc.call_1k", call_once, 1);
    echo_prepare(echo.client, 4096);
    measure("ipc.call_4k", call_once, 1);
    echo_prepare(echo.client, 64);
    echo_prepare_cap(echo.client);
    measure("ipc.call_cap", call_once, 1);
    ipc_close(&echo);
}

static cap_t kit;

static void call_kit(void)
{
    uint64_t a, b, c, d, e, f, g;

    check(outcome_is_done(echo_swap(kit, 1, 2, 3, 4, 5, 6, 7, &a, &b, &c, &d, &e, &f, &g)),
          "a call");
}

static void measure_kit(void)
{
    struct ipc_server server = ipc_serve("kit");

    kit = server.client;
    measure("ipc.call_kit", call_kit, 1);
    ipc_close(&server);
}

void ipc_measure_calls(void)
{
    byhand_init();
    measure_by_hand();
    measure_kit();
}
