/*
 * A call that has come to a service, as the service's methods see it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A method has the signature
 *
 *     struct outcome method(void *object, struct incoming *, struct x_params_reader,
 *                           struct x_results_builder);
 *
 * reads its parameters, writes its results, and returns outcome_done(); or an outcome of another
 * kind, which its caller gets as an exception: of outcome_refuse(), or of a call that the method
 * made itself.
 *
 * Parameters are foreign: what lies in them reads as if it were not there, and incoming_error()
 * says so. A method that returns done after that is answered with ERR_BAD_MESSAGE all the same; one
 * that must not act on half a message reads it first, and asks.
 *
 * Capabilities that came along are dropped when the method returns, unless it took them.
 */
#pragma once

#include "capos/call.h"

struct incoming {
    uint64_t interface_id; /* as the caller named it, and its capability allows */
    uint64_t cookie;       /* of the client's capability; the caller cannot alter it */
    uint16_t method;
    struct capnp_message params;
    struct capnp_builder results;

    /* The library's own. */
    const struct ring_delivery *delivery; /* in the arena, until the next call is received */
    cap_t endpoint;
    cap_t reply; /* CAP_NONE: deferred */
    struct caps_received received;
    struct caps_given given;
    void (*kept)(struct incoming *, cap_t); /* the service's */
};

/*
 * Whose call it is, as far as a service is told; while the method runs. A payload can alter none of
 * it.
 *
 * The reference of the caller's session, 16 bytes: the same for all calls of one session at this
 * endpoint, and of no meaning elsewhere. NULL: there is none, because the machine has no source of
 * entropy.
 */
static inline const uint8_t *incoming_session(const struct incoming *incoming)
{
    return incoming->delivery->flags & RING_CALLER_LIVE ? incoming->delivery->session : NULL;
}

/* How often that session was renewed: of calls with the same reference, the same or more. */
static inline uint32_t incoming_epoch(const struct incoming *incoming)
{
    return incoming->delivery->epoch;
}

/* The fields of that session that the caller discloses, a bit each; incoming_subject() in session.h
 * asks for them. */
static inline uint16_t incoming_disclosed(const struct incoming *incoming)
{
    return incoming->delivery->disclosed;
}

/* Takes the capability of that index. CAP_NONE: there is none, or it was taken. */
static inline cap_t incoming_cap(struct incoming *incoming, uint32_t index)
{
    return caps_take(&incoming->received, index);
}

/* Its interface id, taken or not; 0: there is none. */
static inline uint64_t incoming_cap_interface(const struct incoming *incoming, uint32_t index)
{
    return caps_interface(&incoming->received, index);
}

/* A copy of the capability goes along with the results: its index, for a pointer of theirs. */
static inline uint32_t incoming_give(struct incoming *incoming, cap_t cap)
{
    return caps_give(&incoming->given, cap);
}

/* The capability itself goes along: the service has it no more, whatever becomes of the answer.
 * When it does not reach its caller, the capability is dropped, unless the service wants to keep it
 * (service.h). */
uint32_t incoming_move(struct incoming *, cap_t);

/* The first lie that was met in the parameters; ERR_OK: none so far. */
static inline err_t incoming_error(const struct incoming *incoming)
{
    return capnp_error(&incoming->params);
}

/* For dispatchers: the refusal of a method that the service does not have. */
struct outcome incoming_unimplemented(const struct incoming *);

/* For this library: what was to be moved has stayed, and is kept or dropped. */
void incoming_keep_moves(struct incoming *);
static inline void incoming_keep(struct incoming *incoming)
{
    if (incoming->given.moves != 0)
        incoming_keep_moves(incoming);
}

/*
 * To answer later: a method that has called incoming_defer() may return anything; its call waits.
 * The answer is opened, written, sent, by any thread of the process, once:
 *
 *     answer_open(&answer, deferred, words);
 *     x_results_set_y(x_results_init_root(&answer.params), y);
 *     answer_send(&answer);
 *
 * Or the call is refused. Dropping the capability `reply` ends it, too: as disconnected.
 */
struct deferred {
    cap_t reply;
};

struct deferred incoming_defer(struct incoming *);

void answer_open(struct call *answer, struct deferred, uint32_t words);

/* Sends the answer, with what call_give() and call_move() gave it, and closes it. ERR_CANCELLED:
 * its caller waits no more. ERR_NOT_DELIVERED: it did not reach its caller, who was told so. In
 * both cases what was to move has stayed. After any other error the call is as it was, and can be
 * answered again. */
struct outcome answer_send(struct call *answer);
struct outcome answer_refuse(struct deferred, struct outcome);
