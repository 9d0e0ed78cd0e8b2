/*
 * A service that says what it learns of its callers.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Parameters are what the caller claims to disclose and to be permitted, for the line that the
 * service prints; and who it claims to be, of which nothing comes.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"
#include "interfaces/session.capnp.h"

#define INTERFACE_DESK 0xf7b35e90c1a4d268

enum { DESK_ASK, DESK_STOP };

#define FIELD(name) (1u << SESSION_FIELD_##name)
#define ALL_FIELDS  0xffffu

/* Clients that permit so much, and what callers want to tell. */
static const struct {
    const char *client;
    uint16_t permitted;
} clients[] = {
    {"for-nothing", 0},
    {"for-name", FIELD(NAME)},
    {"for-two", FIELD(NAME) | FIELD(PROFILE)},
    {"for-all", ALL_FIELDS},
};
#define N_CLIENTS (sizeof(clients) / sizeof(clients[0]))

static const uint16_t requests[] = {0, FIELD(NAME), FIELD(PROFILE) | FIELD(SOURCE), ALL_FIELDS};
#define N_REQUESTS (sizeof(requests) / sizeof(requests[0]))

/* A call that is open, to disclose REQUEST. */
static inline void desk_open(struct call *call, cap_t desk, uint16_t method, uint16_t request,
                             uint16_t permitted)
{
    struct capnp_struct_builder root;

    call_open(call, desk, INTERFACE_DESK, method, 5);
    root = capnp_init_root(&call->params, 4, 0);
    capnp_set_u64(root, 0, request);
    capnp_set_u64(root, 8, permitted);
    __builtin_memcpy(call->params.words + root.at + 2, "name=root", 9);
    call->submission.disclose = request;
}

static inline struct outcome desk_call(cap_t desk, uint16_t method, uint16_t request,
                                       uint16_t permitted)
{
    struct call call;

    desk_open(&call, desk, method, request, permitted);
    return call_end(&call, call_make(&call, 64));
}
