/*
 * CALL meets RECV: how a call gets from its caller to a server (object/endpoint.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/deliver.h"

#include "cap/table.h"
#include "object/reply.h"
#include "ring/copy.h"
#include "ring/transfer.h"
#include "sched/work.h"

/* Calls and receivers of one endpoint that one stay in the kernel, or one step, ends. */
#define ENDS_MAX 32

void endpoint_give_back(struct call *call)
{
    transfers_give_back(&call->thread->process->caps, call->message.moving);
    call->message.moving = NO_CAP;
}

static void leave_line(struct call *call)
{
    list_remove(&call->in_queue);
    endpoint_give_back(call);
}

/* Of a call that is not in line any more. */
static void fail(struct call *call, err_t error)
{
    endpoint_give_back(call);
    call_fail(call, error);
}

static void stop_receiving(struct call *call)
{
    list_remove(&call->in_queue);
    reply_unreserve(call->reply);
}

static const struct call_kind calling = {leave_line};
const struct call_kind receiving = {stop_receiving};

/* --- Delivery --- */

/* Whether CALL may go to RECEIVER now. */
static inline err_t check(const struct call *call, const struct call *receiver)
{
    uint32_t caps_len = call->message.n_transfers * (uint32_t)sizeof(struct ring_cap);

    if (!call->thread->process->session->live)
        return ERR_STALE_SESSION;
    if (call_is_revoked(call))
        return ERR_REVOKED;
    return delivery_len(&call->message) + caps_len > receiver->result_len ? ERR_NO_ROOM : ERR_OK;
}

/* The capabilities go first: they can fail, and nothing has changed for the receiver then. */
static err_t deliver_caps(struct call *call, const struct call *receiver, uint8_t *space)
{
    return transfers_deliver(call->thread, call->message.transfers, call->message.n_transfers,
                             &call->message.moving, receiver->thread->process,
                             (struct ring_cap *)(space + delivery_len(&call->message)));
}

/* Copies the message of CALL, which waits for its answer from now on, and completes RECEIVER. What
 * a thread sends itself goes first: header and message may overlap then. */
static inline void deliver_message(struct call *call, struct call *receiver)
{
    const struct call_message *message = &call->message;
    struct ring_delivery *delivery = delivery_at(receiver);

    copy_between(delivery + 1, receiver->thread, call->thread->ring.arena + message->params,
                 call->thread, message->params_len);
    write_caller(delivery, call->thread->process->session, message->reference, message->disclosed);
    delivery->interface_id = message->interface_id;
    delivery->cookie = message->cookie;
    delivery->params_len = message->params_len;
    delivery->method = message->method;
    delivery->n_caps = (uint16_t)message->n_transfers;
    delivery->reply = reply_show(receiver->reply, call);
    call_complete_fast(receiver, 0, delivery_len(message), 0, message->n_transfers);
}

/* Neither is in line. RECEIVER has completed when this returns ERR_OK; otherwise nothing has
 * changed for it. */
static inline err_t deliver(struct call *call, struct call *receiver)
{
    uint8_t *space = receiver->thread->ring.arena + receiver->result;
    err_t error = check(call, receiver);

    if (!error && call->message.n_transfers)
        error = deliver_caps(call, receiver, space);
    if (error)
        return error;
    deliver_message(call, receiver);
    return ERR_OK;
}

/* --- Lines --- */

/* The first of both lines: one of them ends. */
static void meet(struct endpoint *endpoint)
{
    struct call *call = call_first_of(&endpoint->callers);
    struct call *receiver = call_first_of(&endpoint->receivers);
    err_t error;

    if (call_is_revoked(receiver)) {
        call_withdraw(receiver, ERR_REVOKED);
        return;
    }
    list_remove(&call->in_queue);
    list_remove(&receiver->in_queue);
    error = deliver(call, receiver);
    if (error) {
        list_insert(endpoint->receivers.next, &receiver->in_queue);
        fail(call, error);
    }
}

static bool can_meet(const struct endpoint *endpoint)
{
    return !list_empty(&endpoint->callers) && !list_empty(&endpoint->receivers);
}

/* One that waits at a closed endpoint ends; false: nobody does. */
static bool end_one(struct endpoint *endpoint)
{
    struct call *call = call_first_of(&endpoint->callers);
    struct call *receiver = call_first_of(&endpoint->receivers);

    if (call) {
        list_remove(&call->in_queue);
        fail(call, ERR_DISCONNECTED);
    } else if (receiver) {
        call_withdraw(receiver, ERR_DISCONNECTED);
    }
    return call || receiver;
}

/* A bounded number; true when there may be more to do. */
static bool deliver_some(struct endpoint *endpoint)
{
    unsigned n = 0;

    if (endpoint->closed) {
        while (n < ENDS_MAX && end_one(endpoint))
            n++;
    } else {
        for (; n < ENDS_MAX && can_meet(endpoint); n++)
            meet(endpoint);
    }
    work_add(n * WORK_CALL_END);
    return n == ENDS_MAX;
}

enum progress deliver_rest(struct later *rest)
{
    struct endpoint *endpoint = LIST_ENTRY(rest, struct endpoint, rest);

    if (deliver_some(endpoint))
        return PROGRESS_MORE;
    later_remove(rest);
    object_put(&endpoint->object);
    return PROGRESS_DONE;
}

/* The reference also outlasts the last caller's end. */
void deliver_all(struct endpoint *endpoint)
{
    if (later_is_added(&endpoint->rest))
        return;
    object_get(&endpoint->object);
    if (deliver_some(endpoint))
        later_add(&endpoint->rest);
    else
        object_put(&endpoint->object);
}

/* --- The ring's operations --- */

static inline void set_message(struct call *call, const struct ring_submission *submission,
                               uint32_t moving)
{
    call->message.params = submission->params;
    call->message.params_len = submission->params_len;
    call->message.transfers = submission->transfers;
    call->message.n_transfers = submission->n_transfers;
    call->message.moving = moving;
    call->message.interface_id = submission->interface_id;
    call->message.method = submission->method;
    call->message.disclosed = submission->disclose;
}

/* What the server will know by CAP. */
static inline void set_sender(struct call *call, const struct cap *cap)
{
    call->message.cookie = cap->rights.cookie;
    call->message.reference[0] = cap->rights.reference[0];
    call->message.reference[1] = cap->rights.reference[1];
    call->message.disclosed &= cap->rights.disclosure & call->thread->process->session->present;
}

/* Straight to the first receiver, if one waits, without standing in line. */
static inline void send(struct endpoint *endpoint, struct call *call)
{
    struct call *receiver = call_first_of(&endpoint->receivers);

    if (receiver && list_empty(&endpoint->callers) && !call_is_revoked(receiver)) {
        err_t error;

        list_unlink(&receiver->in_queue);
        error = deliver(call, receiver);
        if (!error)
            return;
        list_insert(endpoint->receivers.next, &receiver->in_queue);
        fail(call, error);
        return;
    }
    list_insert(&endpoint->callers, &call->in_queue);
    if (receiver)
        deliver_all(endpoint);
}

/* CALL does not become a message: what was to move stays. */
static err_t give_up(const struct thread *thread, uint32_t moving, err_t error)
{
    transfers_give_back(&thread->process->caps, moving);
    return error;
}

/* What is to move begins to. */
static err_t begin_moves(const struct thread *thread, const struct ring_submission *submission,
                         uint32_t *moving)
{
    *moving = NO_CAP;
    return submission->argument
               ? transfers_begin(thread, submission->transfers, submission->n_transfers, moving)
               : ERR_OK;
}

err_t endpoint_call_other(struct thread *thread, const struct ring_submission *submission,
                          const struct cap *cap, struct endpoint *endpoint)
{
    struct call *call;
    uint32_t moving;
    err_t error = begin_moves(thread, submission, &moving);

    if (error)
        return error;
    error = endpoint_admit(thread, endpoint);
    if (error) {
        call_refuse(thread, submission, error);
        return give_up(thread, moving, ERR_OK);
    }
    error = call_begin_fast(thread, submission, &calling, &endpoint->object, submission->deadline,
                            &call);
    if (error)
        return give_up(thread, moving, error);
    set_message(call, submission, moving);
    set_sender(call, cap);
    send(endpoint, call);
    return ERR_OK;
}

err_t endpoint_hold(struct thread *thread, const struct ring_submission *submission,
                    const struct call_kind *kind, struct call **call)
{
    uint32_t moving;
    err_t error = check_call(thread, submission);

    if (!error)
        error = begin_moves(thread, submission, &moving);
    if (error)
        return error;
    error = call_begin(thread, submission, kind, NULL, submission->deadline, call);
    if (error)
        return give_up(thread, moving, error);
    (*call)->special = true;
    set_message(*call, submission, moving);
    return ERR_OK;
}

void endpoint_address(struct call *call, const struct cap *cap)
{
    set_sender(call, cap);
}

void endpoint_send(struct call *call)
{
    struct endpoint *endpoint = endpoint_of(call->object);
    err_t error = endpoint_admit(call->thread, endpoint);

    call->kind = &calling;
    if (error)
        fail(call, error);
    else
        send(endpoint, call);
}

err_t endpoint_recv_other(struct thread *thread, const struct ring_submission *submission,
                          struct endpoint *endpoint, struct reply *reply)
{
    err_t error = endpoint->closed ? ERR_DISCONNECTED : ERR_OK;

    if (!error && !reply)
        error = reply_reserve(thread->process, &reply);
    else if (error && reply)
        reply_unreserve(reply);
    if (error)
        return error;
    error = endpoint_begin_recv(thread, submission, endpoint, reply);
    if (error)
        reply_unreserve(reply);
    else if (!list_empty(&endpoint->callers))
        deliver_all(endpoint);
    return error;
}
