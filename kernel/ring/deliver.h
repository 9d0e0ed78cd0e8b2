/*
 * CALL meets RECV: how a call gets from its caller to a server (object/endpoint.h).
 * SPDX-License-Identifier: Apache-2.0
 *
 * A message is copied once, from arena to arena, when both sides are there. Nothing of the receiver's can fail then but its
 * table, for capabilities that come along; what fails, fails the caller, so that no caller can block the line.
 */
#pragma once

#include "object/endpoint.h"

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

/* Whoever can meet at ENDPOINT does, and all in line end if it is closed: a bounded number now, the others later. */
void deliver_all(struct endpoint *endpoint);

/* The step of endpoint->rest. */
enum progress deliver_rest(struct later *rest);
