/*
 * Answers calls, one after the other, by hand: echo.h says what.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "echo.h"

#include "byhand.h"

#define CALL_AT   0x4000
#define CALL_ROOM (sizeof(struct ring_delivery) + ECHO_ROOM + sizeof(struct ring_cap))
#define ANSWER_AT 0x6000

static struct ring_submission answer;
static bool keeps;

static const struct ring_delivery *delivery(void)
{
    return (const struct ring_delivery *)(arena + CALL_AT);
}

/* Releases what came with the call, unless it is to be kept: how many. */
static uint32_t drop_caps(const struct ring_delivery *call)
{
    const struct ring_cap *caps =
        (const struct ring_cap *)((const uint8_t *)(call + 1) + call->params_len);

    if (keeps)
        return 0;
    for (uint32_t i = 0; i < call->n_caps; i++) {
        put(&(struct ring_submission){.opcode = RING_RELEASE, .cap = caps[i].cap});
    }
    return call->n_caps;
}

/* Answers the call, and waits for the next one. */
static void serve(void)
{
    uint32_t n = 1;

    if (delivery()->n_caps)
        n += drop_caps(delivery());
    answer.cap = delivery()->reply;
    put(&answer);
    enter(n);
}

static void receive_first(cap_t endpoint)
{
    put(&(struct ring_submission){
        .opcode = RING_RECV, .cap = endpoint, .result = CALL_AT, .result_len = CALL_ROOM});
    enter(1);
}

int main(void)
{
    cap_t endpoint = capos_cap("echo");
    size_t len;

    capos_arguments(&len);
    keeps = len > 0;
    byhand_init();
    answer = (struct ring_submission){
        .opcode = RING_RETURN,
        .flags = RING_THEN_RECV,
        .endpoint = endpoint,
        .params = ANSWER_AT,
        .params_len = ECHO_ANSWER,
        .result = CALL_AT,
        .result_len = CALL_ROOM,
    };
    receive_first(endpoint);
    while (last_is_good()) {
        __atomic_store_n(&ring->cq_head, ring->cq_tail, __ATOMIC_RELEASE);
        serve();
    }
    return 0;
}
