/*
 * A call of a capability that another call gives: when it has come, and before.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "echo_client.h"
#include "ipc.h"
#include "measure.h"

#define FIRST_CALL       7 /* its user_data */
#define SECOND_RESULT_AT 0x4000

static struct ring_submission release;

static cap_t given(void)
{
    return ((const struct ring_cap *)(arena + ECHO_RESULT_AT + ECHO_ANSWER))->cap;
}

/* What the last turn was given is dropped along with the first call. */
static void put_first_call(cap_t client)
{
    release.cap = given();
    put(&release);
    echo_call.cap = client;
    put(&echo_call);
}

static cap_t giver;

static void two_calls(void)
{
    put_first_call(giver);
    enter(2);
    consume(2);
    echo_call.cap = given();
    put(&echo_call);
    enter(1);
    consume(1);
}

static void pipelined_calls(void)
{
    struct ring_submission second = echo_call;

    put_first_call(giver);
    second.flags = RING_PROMISED;
    second.cap = FIRST_CALL;
    second.promised = 0;
    second.result = SECOND_RESULT_AT;
    put(&second);
    enter(3);
    consume(3);
}

void ipc_measure_pipeline(void)
{
    struct ipc_server server = ipc_serve("giver");
    uint64_t two;

    byhand_init();
    giver = server.client;
    release = (struct ring_submission){.opcode = RING_RELEASE};
    echo_prepare(giver, 64);
    echo_call.user_data = FIRST_CALL;
    echo_call.result_len = ECHO_ANSWER + sizeof(struct ring_cap);
    put(&echo_call);
    enter(1);
    consume(1);
    measure("ipc.two_calls", two_calls, 1);
    two = measured();
    measure("ipc.pipelined", pipelined_calls, 1);
    report_ratio("ipc.pipelining", measured(), two);
    cap_release(given());
    ipc_close(&server);
}
