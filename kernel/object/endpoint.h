/*
 * Endpoint: where calls from one process wait for another to receive them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel buffers nothing: a call that nobody receives yet stays in its caller's arena, and is copied once, from arena to
 * arena, when it is received. The receiver gets a Reply, the right to answer once. Whoever loses the other side is told:
 * callers by an exception of type disconnected, when the server closes the endpoint, drops its last capability to it or drops
 * the reply; receivers by -ERR_DISCONNECTED.
 *
 * Messages too large for the receiver's space fail at the caller, so that no caller can block the line.
 */
#pragma once

#include "object/object.h"

struct cap;
struct ring_submission;
struct thread;

extern const struct object_type endpoint_type, endpoint_factory_type;
extern struct object endpoint_factory;

/* The three operations of the ring. CALL and RECV begin an operation in flight when they return ERR_OK; RETURN is done then. */
err_t endpoint_call(struct thread *thread, const struct ring_submission *submission,
                    const struct cap *cap);
err_t endpoint_recv(struct thread *thread, const struct ring_submission *submission,
                    struct object *endpoint);
err_t endpoint_return(struct thread *thread, const struct ring_submission *submission,
                      const struct cap *reply);

/* Endpoints in the whole system. */
uint64_t endpoints_count(void);
