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

/* Puts a reply to CALL into the table of SERVER, which pays for it. CALL waits at the reply then. */
err_t reply_create(struct process *server, struct call *call, cap_t *handle);

/* The call to answer, which waits nowhere then; NULL: its caller has withdrawn. */
struct call *reply_take(struct object *reply);

/* Takes back reply_create(), as far as CALL is concerned. */
void reply_forget(struct call *call);
