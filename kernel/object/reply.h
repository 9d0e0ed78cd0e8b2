/*
 * Reply: the right to answer one call, once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A capability of the server's, which RETURN consumes. Released without an answer, also by the server's death, it
 * tells the caller so. When the caller withdraws first, the reply answers nobody.
 */
#pragma once

#include "cap/table.h"
#include "object/object.h"

struct call;
struct process;
struct reply;

/* Puts a reply into the table of SERVER, which pays for it. It answers nobody until reply_attach(). */
err_t reply_create(struct process *server, struct reply **reply, cap_t *handle);

/* CALL, which waits nowhere, waits for this reply from now on. */
void reply_attach(struct reply *reply, struct call *call);

/* The call to answer, which waits nowhere then; NULL: there is none, or its caller has withdrawn. */
struct call *reply_take(struct object *reply);
