/*
 * Writes to the terminal: what has no room yet stays in flight, in line, its bytes in the caller's
 * arena.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "object/terminal_writes.h"

#include "abi/kernel.capnp.h"
#include "object/terminal_output.h"
#include "ring/call.h"
#include "ring/ring.h"
#include "sched/thread.h"

static struct list writing = LIST_HEAD(writing);

bool terminal_writes_wait(void)
{
    return !list_empty(&writing);
}

static void finish(struct call *call)
{
    struct capnp_builder results;

    call_results(call, &results);
    terminal_write_results_init_root(&results);
    call_finish(call, &results);
}

/* Its bytes are whatever the thread has made of them. */
void terminal_writes_admit(void)
{
    struct list *first = list_first(&writing);

    if (!first)
        return;

    struct call *call = LIST_ENTRY(first, struct call, in_queue);

    err_t error = call_verdict(call);

    if (error) { /* nothing more is shown for it */
        list_remove(first);
        call_fail(call, error);
        return;
    }

    uint32_t len = call->message.params_len;
    const uint8_t *bytes = ring_arena(&call->thread->ring, call->message.params, (len + 7) & ~7u);

    if (!terminal_put(bytes, len))
        return;
    list_remove(first);
    finish(call);
}

static void withdraw(struct call *call)
{
    list_remove(&call->in_queue);
}

static const struct call_kind writes = {withdraw};

/* The bytes stay in the caller's arena, where only they and their length are needed. */
static err_t begin(struct invocation *invocation, struct bytes bytes)
{
    const uint8_t *message = (const uint8_t *)invocation->params.first.words;
    uint32_t offset = bytes.len ? (uint32_t)(bytes.at - message) : 0; /* none are anywhere */
    struct call *call;
    err_t error = invocation_begin(invocation, &writes, invocation->submission->deadline, &call);

    if (error)
        return error;
    call->message.params = invocation->submission->params + offset;
    call->message.params_len = (uint32_t)bytes.len;
    list_insert(&writing, &call->in_queue);
    return ERR_OK;
}

err_t terminal_writes_take(struct invocation *invocation, struct bytes bytes)
{
    if (terminal_writes_wait() || !terminal_put(bytes.at, (uint32_t)bytes.len))
        return begin(invocation, bytes);
    terminal_write_results_init_root(&invocation->results);
    return ERR_OK;
}
