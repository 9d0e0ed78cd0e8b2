/*
 * A tree of nodes that the programs of this scenario serve and call, and calls on promises.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A node's client bears its path as the cookie: a decimal digit for each step from the root, which
 * is 0.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_NODE  0xd17ec7a11ab1e5ee
#define INTERFACE_OTHER 0xca11ab1e0ddba115

enum {
    NODE_OPEN,  /* (digit) -> (node :Node), the one below */
    NODE_HOLD,  /* the same, when FREE comes */
    NODE_FREE,  /* () -> (how many were held) */
    NODE_HELD,  /* () -> (how many are) */
    NODE_PATH,  /* () -> (its path) */
    NODE_WRITE, /* (digit) -> (): to the server's log */
    NODE_LOG,   /* () -> (its digits), and it is empty again */
    NODE_TOOLS, /* () -> (frames :FrameAllocator, timer :Timer) */
    NODE_STOP,  /* () -> (): the server exits */
};

/* Numbers of calls under way. */
enum { FIRST = 1, SECOND, THIRD, MANY = 10 };

#define ROOM 128 /* of results */

/* A call of NODE, to be submitted. */
static inline void node_open(struct call *call, cap_t node, uint16_t method, uint64_t param)
{
    call_open(call, node, INTERFACE_NODE, method, 2);
    capnp_set_u64(capnp_init_root(&call->params, 1, 0), 0, param);
}

/* What CALL is addressed to will be number INDEX of the capabilities that EARLIER brings, which has
 * been submitted. */
static inline void call_await(struct call *call, const struct call *earlier, uint16_t index)
{
    call->submission.flags = RING_PROMISED;
    call->submission.cap = earlier->submission.user_data;
    call->submission.promised = index;
}

static inline void submit(struct call *call, uint64_t number)
{
    check(call_submit(call, ROOM, number) == ERR_OK, "call %lu submitted", number);
}

/* The kernel takes all that was submitted, at once. */
static inline void enter(uint32_t n)
{
    check(ring_enter(ring_mine(), 0, 0) == n, "%u submissions taken", n);
}

static inline uint64_t result_of(struct call *call)
{
    return capnp_u64(capnp_root(&call->results), 0);
}

/* Waits for it and closes it; what came with it is dropped. */
static inline struct outcome finish(struct call *call)
{
    struct outcome outcome = call_wait(call);

    call_close(call);
    return outcome;
}
