/*
 * Endpoint: where calls from one process wait for another to receive them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The kernel buffers nothing: a call that nobody receives yet stays in its caller's arena. It meets
 * a receiver in ring/deliver.h. Whoever loses the other side is told: callers by an exception of
 * type disconnected, when the server closes the endpoint, drops its last capability to it or drops
 * the reply; receivers by -ERR_DISCONNECTED.
 *
 * Lines are as long as callers' budgets allow. What ends a whole one is done in steps: an endpoint
 * with such work is in the line of sched/later.h, and a reference keeps it there. All under the
 * kernel lock.
 */
#pragma once

#include "lib/list.h"
#include "object/object.h"
#include "sched/later.h"

struct endpoint {
    struct object object;
    uint64_t id; /* never used again; not 0 */
    bool closed;
    struct list callers;   /* calls that nobody has received, in their order */
    struct list receivers; /* RECVs that wait; one of the two is empty, unless there is work left */
    struct later rest;     /* work that was too much for one stay in the kernel */
};

extern const struct object_type endpoint_type;
extern struct object endpoint_factory;

static inline struct endpoint *endpoint_of(struct object *object)
{
    return (struct endpoint *)object;
}

/* Endpoints in the whole system. */
uint64_t endpoints_count(void);
