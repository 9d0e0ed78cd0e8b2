/*
 * Promise: a CALL of a capability that the answer to an earlier call will bring.
 * SPDX-License-Identifier: Apache-2.0
 *
 * It is an operation in flight like any other, charged and with its deadline running, and what it
 * moves is reserved. It is
 *
 *   held     until the earlier call ends, one of the same thread;
 *   kept     when the capability has come, and stands in the caller's table. It goes on like a new
 *            CALL of it: to an endpoint at once, in the stay in the kernel of whoever answered;
 *   ready    if it is to an object of the kernel's, which only its own thread can call, or if that
 *            stay has cost enough: until the next cap_enter() of its thread, which is woken for it.
 *            It has the object, whatever becomes of the handle;
 *   broken   when no capability has come: it ends with the exception of the earlier call, and so
 *            does what waits for it in turn.
 *
 * Kept and broken ones do not outlive that stay. A call keeps its place in its thread's list, in
 * front of those that wait for it; so calls of one promise go on in the order in which they were
 * submitted, and one look along the list finds whoever waits for a call, directly or not. No list
 * is longer than a ring.
 */
#pragma once

#include "abi/err.h"
#include "abi/ring.h"
#include "lib/types.h"

struct call;
struct thread;

/* The ring's CALL with RING_PROMISED: holds it. ERR_NOT_FOUND: no such call is in flight. */
err_t promise_call(struct thread *thread, const struct ring_submission *submission);

/* CALL, which is awaited, will be completed with success, and its process has got CAPS. */
void promises_keep(struct call *call, const struct ring_cap *caps, unsigned n);

/* call_complete() for a CALL that is awaited: then those that wait for it go on, or end. */
void promises_complete(struct call *call, int32_t status, uint32_t result_len, uint64_t value,
                       uint32_t n_caps);

/* Lets the ready ones of THREAD, the current one, go on. False: they are too much for one stay in
 * the kernel, and there are more. */
bool promises_go_on(struct thread *thread);

/* Whether CALL is held or ready. */
bool promise_is_pending(const struct call *call);
