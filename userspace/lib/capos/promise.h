/*
 * Calls of capabilities that an earlier call has yet to bring, for the files of this library.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A promise is the number of an open call of this thread, above an index that no handle has: those
 * count entries of a table, of which there are less than 2^31.
 */
#pragma once

#include "capos/call.h"

#define PROMISE_MARK (1ul << 31)

static inline bool cap_is_promise(cap_t cap)
{
    return (cap & PROMISE_MARK) != 0;
}

/* Turns the promise in call->submission.cap into what the kernel understands: the earlier call, if
 * it is under way, or else the capability that it has brought. ERR_BROKEN_PROMISE: it has not. What
 * is no promise of this thread's is left as it is, for the kernel to refuse. */
err_t promise_resolve(struct call *);

/* What a call that cannot be submitted for this reason ends with: as it would have, had it been. */
struct outcome promise_broken(const struct call *);

/* The kernel says that the earlier call is not under way any more. Submits the call again, which is
 * then under way; otherwise the outcome is its end. */
struct outcome promise_again(struct call *);

/* The call is closed: nothing is promised of it any more. */
void promise_close(struct call *);
