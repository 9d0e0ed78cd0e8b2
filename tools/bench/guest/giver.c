/*
 * Answers calls by hand with a capability that calls of this server can be made with.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Granted its endpoint as "echo". The client that it gives is minted with the cookie GIVEN, and
 * calls through that get an answer without a capability.
 */
#include "bench/echo.capnp.h"
#include "byhand.h"
#include "echo.h"

#define CALL_AT      0x4000
#define CALL_ROOM    (sizeof(struct ring_delivery) + ECHO_ROOM)
#define ANSWER_AT    0x6000
#define TRANSFERS_AT 0x7000
#define WITH_CAP \
    (1ull << 32 | TRANSFERS_AT) /* of the submission's last word: how many, and where */
#define GIVEN 1

static struct ring_submission answer;

static const struct ring_delivery *delivery(void)
{
    return (const struct ring_delivery *)(arena + CALL_AT);
}

static void prepare(cap_t endpoint)
{
    struct ring_transfer *given = (struct ring_transfer *)(arena + TRANSFERS_AT);

    *given = (struct ring_transfer){.mode = RING_COPY};
    check(outcome_is_done(
              endpoint_mint(endpoint, GIVEN, INTERFACE_ECHO, SCOPE_SHAREABLE, 0, &given->cap)),
          "a client to give");
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

int main(void)
{
    cap_t endpoint = capos_cap("echo");

    byhand_init();
    prepare(endpoint);
    put(&(struct ring_submission){
        .opcode = RING_RECV, .cap = endpoint, .result = CALL_AT, .result_len = CALL_ROOM});
    enter(1);
    while (last_is_good()) {
        __atomic_store_n(&ring->cq_head, ring->cq_tail, __ATOMIC_RELEASE);
        answer.cap = delivery()->reply;
        answer.argument = delivery()->cookie == GIVEN ? 0 : WITH_CAP;
        put(&answer);
        enter(1);
    }
    return 0;
}
