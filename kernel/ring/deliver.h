/*
 * CALL meets RECV: how a call gets from its caller to a server (object/endpoint.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A message is copied once, from arena to arena, when both sides are there. Nothing of the
 * receiver's can fail then but its table, for capabilities that come along; what fails, fails the
 * caller, so that no caller can block the line.
 *
 * What most calls are is inline: without capabilities, to a server that waits. deliver.c does the
 * rest.
 */
#pragma once

#include "arch_inline.h"
#include "cap/table.h"
#include "object/endpoint.h"
#include "object/reply.h"
#include "ring/call_fast.h"
#include "session/session.h"

/* A RECV that waits at an endpoint. */
extern const struct call_kind receiving;

/* The rest of the ring's operations below. */
err_t endpoint_call_other(struct thread *thread, const struct ring_submission *submission,
                          const struct cap *cap, struct endpoint *endpoint);
err_t endpoint_recv_other(struct thread *thread, const struct ring_submission *submission,
                          struct endpoint *endpoint, struct reply *reply);

/*
 * A CALL whose capability is yet to come (ring/promise.h), in steps: begins it as an operation in
 * flight that waits as KIND says, what is to move reserved; takes down what the server will know by
 * CAP, which has come; sends it to the endpoint call->object. Until it is sent, it is
 * endpoint_give_back() that undoes its moves.
 */
err_t endpoint_hold(struct thread *thread, const struct ring_submission *submission,
                    const struct call_kind *kind, struct call **call);
void endpoint_address(struct call *call, const struct cap *cap);
void endpoint_send(struct call *call);
void endpoint_give_back(struct call *call);

/* Whoever can meet at ENDPOINT does, and all in line end if it is closed: a bounded number now, the
 * others later. */
void deliver_all(struct endpoint *endpoint);

/* The step of endpoint->rest. */
enum progress deliver_rest(struct later *rest);

/* --- Messages --- */

/* Where the capabilities of a delivery stand: behind header and message. */
static inline uint32_t delivery_len(const struct call_message *message)
{
    return (uint32_t)sizeof(struct ring_delivery) + message->params_len;
}

/* The fields of a session that a CALL with SUBMISSION through CAP discloses. */
static inline uint16_t disclosed_by(const struct session *session,
                                    const struct ring_submission *submission, const struct cap *cap)
{
    return submission->disclose & cap->rights.disclosure & session->present;
}

/* Who calls, as this endpoint knows it; it has been checked to be live. The header is written field
 * by field, and never read. */
static inline void write_caller(struct ring_delivery *delivery, const struct session *session,
                                const uint64_t *reference, uint16_t disclosed)
{
    uint64_t *to = (uint64_t *)delivery->session;

    to[0] = reference[0];
    to[1] = reference[1];
    delivery->flags = reference[0] | reference[1] ? RING_CALLER_LIVE : 0;
    delivery->epoch = session->epoch;
    delivery->disclosed = disclosed;
    delivery->reserved = 0;
}

static inline struct ring_delivery *delivery_at(const struct call *receiver)
{
    return (struct ring_delivery *)(receiver->thread->ring.arena + receiver->result);
}

/* --- The ring's operations --- */

/* The first of a line; NULL: nobody. */
static inline struct call *call_first_of(struct list *line)
{
    struct list *node = list_first(line);

    return node ? LIST_ENTRY(node, struct call, in_queue) : NULL;
}

/* Whether a CALL of THREAD is let in at ENDPOINT at all. */
static inline err_t endpoint_admit(const struct thread *thread, const struct endpoint *endpoint)
{
    if (!thread->process->session->live)
        return ERR_STALE_SESSION;
    return endpoint->closed ? ERR_DISCONNECTED : ERR_OK;
}

static inline err_t check_call(const struct thread *thread,
                               const struct ring_submission *submission)
{
    uint32_t all =
        submission->params | submission->params_len | submission->result | submission->result_len;

    return all % 8 || !ring_holds(&thread->ring, submission->params, submission->params_len) ||
                   !ring_holds(&thread->ring, submission->result, submission->result_len)
               ? ERR_BAD_ARENA
               : ERR_OK;
}

/* Whom a CALL of THREAD without capabilities can go to at once; NULL: it takes more. Who calls
 * itself has header and message in one arena, where they may overlap. */
static inline struct call *endpoint_receiver(const struct thread *thread, struct endpoint *endpoint,
                                             const struct ring_submission *submission)
{
    struct call *receiver = LIST_ENTRY(endpoint->receivers.next, struct call, in_queue);
    uint64_t len = sizeof(struct ring_delivery) + (uint64_t)submission->params_len;

    if (list_empty(&endpoint->receivers) || receiver->via || receiver->thread == thread ||
        submission->argument || len > receiver->result_len || !list_empty(&endpoint->callers))
        return NULL;
    return receiver;
}

/* Copies the message of CALL, which waits for its answer from now on, and completes RECEIVER. All
 * has been checked. */
static inline void deliver_at_once(struct call *call, struct call *receiver,
                                   const struct ring_submission *submission, const struct cap *cap)
{
    const struct thread *thread = call->thread;
    const struct session *session = thread->process->session;
    struct ring_delivery *delivery = delivery_at(receiver);
    uint32_t len = submission->params_len;
    uint16_t disclosed = disclosed_by(session, submission, cap);

    write_caller(delivery, session, cap->rights.reference, disclosed);
    delivery->interface_id = submission->interface_id;
    delivery->cookie = cap->rights.cookie;
    delivery->params_len = len;
    delivery->method = submission->method;
    delivery->n_caps = 0;
    call->message.disclosed = disclosed;
    call->message.moving = NO_CAP;
    list_unlink(&receiver->in_queue);
    delivery->reply = reply_show(receiver->reply, call);
    arch_copy_words(delivery + 1, thread->ring.arena + submission->params, len);
    call_complete_fast(receiver, 0, (uint32_t)sizeof(*delivery) + len, 0, 0);
}

/* CALL through CAP, which is to the endpoint OBJECT. Begins an operation in flight when it returns
 * ERR_OK, or has completed it. */
static inline err_t endpoint_call(struct thread *thread, const struct ring_submission *submission,
                                  const struct cap *cap, struct object *object)
{
    struct endpoint *endpoint = endpoint_of(object);
    struct call *call, *receiver = endpoint_receiver(thread, endpoint, submission);
    err_t error = check_call(thread, submission);

    if (error)
        return error;
    if (!receiver || endpoint_admit(thread, endpoint))
        return endpoint_call_other(thread, submission, cap, endpoint);
    error = call_begin_fast(thread, submission, &being_served, object, submission->deadline, &call);
    if (!error)
        deliver_at_once(call, receiver, submission, cap);
    return error;
}

/* RECV at ENDPOINT with REPLY, which is reserved: stands in line. */
static inline err_t endpoint_begin_recv(struct thread *thread,
                                        const struct ring_submission *submission,
                                        struct endpoint *endpoint, struct reply *reply)
{
    struct call *receiver;
    err_t error = call_begin_fast(thread, submission, &receiving, &endpoint->object,
                                  submission->deadline, &receiver);

    if (error)
        return error;
    receiver->reply = reply;
    list_insert(&endpoint->receivers, &receiver->in_queue);
    return ERR_OK;
}

static inline err_t check_recv(const struct thread *thread,
                               const struct ring_submission *submission)
{
    if ((submission->result | submission->result_len) % 8 ||
        !ring_holds(&thread->ring, submission->result, submission->result_len))
        return ERR_BAD_ARENA;
    return submission->result_len < sizeof(struct ring_delivery) ? ERR_NO_ROOM : ERR_OK;
}

/* RECV at OBJECT. Uses up REPLY, which is reserved; NULL: it reserves one. As of
 * endpoint_call(). */
static inline err_t endpoint_recv(struct thread *thread, const struct ring_submission *submission,
                                  struct object *object, struct reply *reply)
{
    struct endpoint *endpoint = endpoint_of(object);
    err_t error = check_recv(thread, submission);

    if (!error && (!reply || endpoint->closed || !list_empty(&endpoint->callers)))
        return endpoint_recv_other(thread, submission, endpoint, reply);
    if (!error)
        error = endpoint_begin_recv(thread, submission, endpoint, reply);
    if (error && reply)
        reply_unreserve(reply);
    return error;
}
