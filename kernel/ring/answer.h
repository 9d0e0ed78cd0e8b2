/*
 * RETURN: the answer to a call, through its Reply (object/reply.h).
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/err.h"
#include "cap/table.h"

struct reply;
struct ring_submission;
struct thread;

/*
 * Answers the call behind REPLY, THREAD's process's, which is used up unless the submission itself is wrong.
 * ERR_CANCELLED: the caller had withdrawn. ERR_NOT_DELIVERED: it did not get what was to move with the answer, which has stayed. Otherwise with THEN the reply, hidden, is the caller's to receive with: *THEN, or NULL when its
 * entry is worn out.
 */
err_t endpoint_return(struct thread *thread, const struct ring_submission *submission,
                      struct reply *reply, struct reply **then);
