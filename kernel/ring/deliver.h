/*
 * CALL meets RECV: how a call gets from its caller to a server (object/endpoint.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A message is copied once, from arena to arena, when both sides are there. Nothing of the receiver's can fail then but its
 * table, for capabilities that come along; what fails, fails the caller, so that no caller can block the line.
 */
#pragma once

#include "object/endpoint.h"

struct call;
struct call_kind;
struct cap;
struct reply;
struct ring_submission;
struct thread;

/* The ring's operations; each begins an operation in flight when it returns ERR_OK, or has completed it. CALL through CAP, which is to the
 * endpoint `object`. RECV for
 * `object` uses up REPLY, which is reserved; NULL: it reserves one. */
err_t endpoint_call(struct thread *thread, const struct ring_submission *submission,
                    const struct cap *cap, struct object *object);
err_t endpoint_recv(struct thread *thread, const struct ring_submission *submission,
                    struct object *object, struct reply *reply);

/*
 * A CALL whose capability is yet to come (ring/promise.h), in steps: begins it as an operation in flight that waits as KIND says, what is
 * to move reserved; takes down what the server will know by CAP, which has come; sends it to the endpoint call->object. Until it is sent, it is
 * endpoint_give_back() that undoes its moves.
 */
err_t endpoint_hold(struct thread *thread, const struct ring_submission *submission,
                    const struct call_kind *kind, struct call **call);
void endpoint_address(struct call *call, const struct cap *cap);
void endpoint_send(struct call *call);
void endpoint_give_back(struct call *call);

/* Whoever can meet at ENDPOINT does, and all in line end if it is closed: a bounded number now, the others later. */
void deliver_all(struct endpoint *endpoint);

/* The step of endpoint->rest. */
enum progress deliver_rest(struct later *rest);
