/*
 * Calls whose messages are plain words, for programs that test: what no generated client would send.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/words.h"

#include <string.h>

#include "capos/arena.h"
#include "capos/incoming.h"

#define DELIVERY_ROOM (sizeof(struct words_call) + 8)

/* A root of data words only; none at all when there is room for none. */
static void words_put(struct capnp_builder *params, const uint64_t *words, uint16_t n)
{
    struct capnp_struct_builder root;

    if (n == 0)
        return;
    root = capnp_init_root(params, n, 0);
    for (uint32_t i = 0; i < n; i++)
        capnp_set_u64(root, i * 8, words[i]);
}

static void call_open_words(struct call *call, cap_t cap, uint64_t interface_id, uint16_t method,
                            const uint64_t *params, uint16_t n_params)
{
    call_open(call, cap, interface_id, method, n_params ? 1u + n_params : 0);
    words_put(&call->params, params, n_params);
}

struct outcome capos_call(cap_t cap, uint64_t interface_id, uint16_t method, const uint64_t *params,
                          uint16_t n_params, uint64_t *results, uint16_t n_results)
{
    struct call call;
    struct outcome outcome;
    struct capnp_struct root;

    call_open_words(&call, cap, interface_id, method, params, n_params);
    outcome = call_make(&call, (n_results + 1) * (uint32_t)sizeof(uint64_t));
    root = capnp_root(&call.results);
    for (uint32_t i = 0; i < n_results; i++)
        results[i] = capnp_u64(root, i * 8);
    return call_end(&call, outcome);
}

static void delivery_read(const void *at, struct words_call *call)
{
    struct capnp_message message;
    const uint8_t *params = (const uint8_t *)at + sizeof(call->head);

    memcpy(&call->head, at, sizeof(call->head));
    capnp_open(&message, params, call->head.params_len);
    for (uint32_t i = 0; i < sizeof(call->params) / sizeof(call->params[0]); i++)
        call->params[i] = capnp_u64(capnp_root(&message), i * 8);
    for (uint32_t i = 0; i < call->head.n_caps && i < sizeof(call->caps) / sizeof(call->caps[0]);
         i++)
        memcpy(&call->caps[i], params + call->head.params_len + i * sizeof(call->caps[0]),
               sizeof(call->caps[0]));
}

struct outcome capos_recv(cap_t server, uint64_t deadline, struct words_call *call)
{
    struct ring_client *client = ring_mine();
    struct ring_submission receive = {
        .opcode = RING_RECV,
        .cap = server,
        .result = arena_alloc(client, DELIVERY_ROOM),
        .result_len = DELIVERY_ROOM,
        .deadline = deadline,
    };
    struct outcome outcome = ring_operate(&receive, NULL);

    *call = (struct words_call){0};
    if (outcome_is_done(outcome))
        delivery_read(ring_at(client, receive.result), call);
    arena_free(client, receive.result);
    return outcome;
}

struct outcome capos_answer(cap_t reply, const uint64_t *words, uint16_t n)
{
    struct call answer;

    answer_open(&answer, (struct deferred){reply}, n ? 1u + n : 0);
    words_put(&answer.params, words, n);
    return answer_send(&answer);
}
