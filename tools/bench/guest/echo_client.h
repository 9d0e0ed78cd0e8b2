/*
 * Calls of "echo" by hand: a submission is prepared once, and copied into the queue for each call.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "bench/echo.capnp.h"
#include "byhand.h"
#include "echo.h"

#define ECHO_REQUEST_AT   0x1000
#define ECHO_TRANSFERS_AT 0x2000
#define ECHO_RESULT_AT    0x3000

static struct ring_submission echo_call;

/* What call_echo() does: calls with a request of so many bytes. */
static inline void echo_prepare(cap_t client, uint32_t len)
{
    echo_call = (struct ring_submission){
        .opcode = RING_CALL,
        .cap = client,
        .interface_id = INTERFACE_ECHO,
        .params = ECHO_REQUEST_AT,
        .params_len = len,
        .result = ECHO_RESULT_AT,
        .result_len = ECHO_ANSWER,
    };
}

/* A copy of a capability goes along with each. */
static inline void echo_prepare_cap(cap_t cap)
{
    *(struct ring_transfer *)(arena + ECHO_TRANSFERS_AT) =
        (struct ring_transfer){.cap = cap, .mode = RING_COPY};
    echo_call.transfers = ECHO_TRANSFERS_AT;
    echo_call.n_transfers = 1;
}

static inline void call_echo(void)
{
    put(&echo_call);
    enter(1);
    consume(1);
}
