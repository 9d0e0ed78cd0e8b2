/*
 * A call that has come to a service, as the service's methods see it.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "capos/incoming.h"

#include "capos/arena.h"

static void keep(struct incoming *incoming, cap_t cap)
{
    if (incoming->kept && cap != CAP_NONE)
        incoming->kept(incoming, cap);
    else
        cap_drop(cap);
}

uint32_t incoming_move(struct incoming *incoming, cap_t cap)
{
    uint32_t index = caps_move(&incoming->given, cap);

    if (index >= RING_TRANSFERS_MAX)
        keep(incoming, cap);
    return index;
}

struct outcome incoming_unimplemented(const struct incoming *incoming)
{
    return outcome_refuse(EXCEPTION_UNIMPLEMENTED, ERR_BAD_METHOD,
                          "the service has no method %u of interface 0x%lx", incoming->method,
                          incoming->interface_id);
}

void incoming_keep_moves(struct incoming *incoming)
{
    for (uint32_t i = 0; incoming->given.moves != 0; i++, incoming->given.moves >>= 1) {
        if (incoming->given.moves & 1)
            keep(incoming, incoming->given.caps[i]);
    }
}

struct deferred incoming_defer(struct incoming *incoming)
{
    struct deferred deferred = {incoming->reply};

    incoming->reply = CAP_NONE;
    return deferred;
}

void answer_open(struct call *answer, struct deferred deferred, uint32_t words)
{
    call_open_with(answer, deferred.reply, 0, 0, words, 0);
    answer->submission.opcode = RING_RETURN;
}

struct outcome answer_send(struct call *answer)
{
    err_t err = call_prepare(answer, 0);
    struct outcome outcome = err ? outcome_transport(err) : ring_operate(&answer->submission, NULL);

    call_close(answer);
    return outcome;
}

/* Without room for words, the code alone. */
struct outcome answer_refuse(struct deferred deferred, struct outcome outcome)
{
    struct ring_client *client = ring_mine();
    uint32_t at = arena_alloc(client, EXCEPTION_ROOM);
    struct ring_submission answer = {
        .opcode = RING_RETURN,
        .flags = RING_EXCEPTION,
        .cap = deferred.reply,
        .value = outcome.code,
    };

    if (at != ARENA_NONE) {
        answer.params = at;
        answer.params_len = outcome_write(outcome, ring_at(client, at));
    }
    outcome = ring_operate(&answer, NULL);
    arena_free(client, at);
    return outcome;
}
