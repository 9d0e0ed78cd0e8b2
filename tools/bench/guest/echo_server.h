/*
 * Answers to calls of "echo" by hand: prepared once, and sent with the reception of the next call.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "byhand.h"
#include "echo.h"

#define CALL_AT   0x4000
#define CALL_ROOM (sizeof(struct ring_delivery) + ECHO_ROOM + sizeof(struct ring_cap))
#define ANSWER_AT 0x6000

static struct ring_submission answer;

/* The call that has come. */
static inline const struct ring_delivery *delivery(void)
{
    return (const struct ring_delivery *)(arena + CALL_AT);
}

/* The answer to all calls at ENDPOINT, but for whose it is. */
static inline void answer_prepare(cap_t endpoint)
{
    answer = (struct ring_submission){
        .opcode = RING_RETURN,
        .flags = RING_THEN_RECV,
        .endpoint = endpoint,
        .params = ANSWER_AT,
        .params_len = ECHO_ANSWER,
        .result = CALL_AT,
        .result_len = CALL_ROOM,
    };
}

static inline void receive_first(cap_t endpoint)
{
    put(&(struct ring_submission){
        .opcode = RING_RECV, .cap = endpoint, .result = CALL_AT, .result_len = CALL_ROOM});
    enter(1);
}

/* Whether another call has come, and not an error; its completion is consumed. */
static inline bool take_next(void)
{
    if (!last_is_good())
        return false;
    __atomic_store_n(&ring->cq_head, ring->cq_tail, __ATOMIC_RELEASE);
    return true;
}
