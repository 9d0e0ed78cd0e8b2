/*
 * The services while the system runs: started, waited for, and started again by their policy.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     WAITING --start--> RUNNING --end--> WAITING   it will be started again, after a while
 *        |                                ENDED     it will not
 *        +--------cannot be started-----> FAILED    nor this one, which was given up or never began
 *
 * One operation is in flight for each that runs: the wait for its end, with WATCH_USER_DATA and its
 * index.
 */
#pragma once

#include "capos/capos.h"
#include "graph.h"
#include "interfaces/services.capnp.h"

#define WATCH_USER_DATA 1

struct watched {
    enum services_state state;
    cap_t process;          /* while it runs */
    uint64_t id;            /* of the process */
    struct call wait;       /* for its end */
    uint64_t time;          /* when it was started, or is to be; nanoseconds since boot */
    uint32_t restarts;      /* since the system began */
    uint32_t row;           /* of them in a row */
    struct process_end end; /* the last one */
};

struct watch {
    const struct graph *graph;
    struct watched services[SERVICES_MAX];
    bool stopping;      /* nothing is started any more */
    uint32_t exit_code; /* of init, when an essential service has ended, or one has failed */
};

/* Starts all services that are to be started by now, in the graph's order. */
void watch_start_due(struct watch *);

/* When the next one is to be started; RING_NEVER: none is. */
uint64_t watch_next(const struct watch *);

/* The wait for a service's end has completed. */
void watch_ended(struct watch *, uint32_t service, const struct ring_completion *);

/* Nothing runs, and nothing will be started again. */
bool watch_is_idle(const struct watch *);

/* Ends all services, the last one started first. */
void watch_stop(struct watch *);
