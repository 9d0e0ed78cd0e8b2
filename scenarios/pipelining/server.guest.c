/*
 * Serves "server", the tree of node.h.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "node.h"

#define HELD_MAX 4

static struct service service;
static struct deferred held[HELD_MAX];
static uint64_t held_paths[HELD_MAX];
static uint32_t n_held;
static uint64_t log;

static struct outcome answer(struct incoming *in, uint64_t word)
{
    capnp_set_u64(capnp_init_root(&in->results, 1, 0), 0, word);
    return outcome_done();
}

static uint64_t param(struct incoming *in)
{
    return capnp_u64(capnp_root(&in->params), 0);
}

static cap_t mint(uint64_t path)
{
    cap_t node;

    check(outcome_is_done(
              endpoint_mint(capos_cap("server"), path, INTERFACE_NODE, SCOPE_SHAREABLE, 0, &node)),
          "a node");
    return node;
}

static struct outcome open(struct incoming *in)
{
    uint32_t index = incoming_move(in, mint(in->cookie * 10 + param(in)));

    capnp_set_cap(capnp_init_root(&in->results, 0, 1), 0, index);
    return outcome_done();
}

static struct outcome hold(struct incoming *in)
{
    check(n_held < HELD_MAX, "not more calls than can be held");
    held_paths[n_held] = in->cookie * 10 + param(in);
    held[n_held++] = incoming_defer(in);
    return outcome_done();
}

/* In their order. */
static struct outcome free_all(struct incoming *in)
{
    uint32_t n = n_held;

    n_held = 0;
    for (uint32_t i = 0; i < n; i++) {
        cap_t node = mint(held_paths[i]);
        struct call call;

        answer_open(&call, held[i], 2);
        capnp_set_cap(capnp_init_root(&call.params, 0, 1), 0, call_give(&call, node));
        answer_send(&call);
        cap_drop(node);
    }
    return answer(in, n);
}

static struct outcome tools(struct incoming *in)
{
    struct capnp_struct_builder results = capnp_init_root(&in->results, 0, 2);

    capnp_set_cap(results, 0, incoming_give(in, capos_cap("frames")));
    capnp_set_cap(results, 1, incoming_give(in, capos_cap("timer")));
    return outcome_done();
}

static struct outcome take_log(struct incoming *in)
{
    uint64_t digits = log;

    log = 0;
    return answer(in, digits);
}

static struct outcome serve(const void *server, void *object, struct incoming *in)
{
    (void)server;
    (void)object;
    switch (in->method) {
    case NODE_OPEN:
        return open(in);
    case NODE_HOLD:
        return hold(in);
    case NODE_FREE:
        return free_all(in);
    case NODE_HELD:
        return answer(in, n_held);
    case NODE_PATH:
        return answer(in, in->cookie);
    case NODE_WRITE:
        log = log * 10 + param(in);
        return outcome_done();
    case NODE_LOG:
        return take_log(in);
    case NODE_TOOLS:
        return tools(in);
    case NODE_STOP:
        service_stop(&service);
        return outcome_done();
    default:
        return incoming_unimplemented(in);
    }
}

int main(void)
{
    static const struct service_interface interfaces[] = {{INTERFACE_NODE, serve, NULL}};
    struct outcome outcome;

    service = (struct service){
        .endpoint = capos_cap("server"),
        .interfaces = interfaces,
        .n_interfaces = 1,
        .room = ROOM,
    };
    check(service_open(&service) == ERR_OK, "room for calls");
    outcome = service_run(&service);
    check(outcome_is_done(outcome), "a call, not: %s", outcome_sentence(outcome));
    service_close(&service);
    return 0;
}
