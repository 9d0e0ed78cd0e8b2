/*
 * A service: an endpoint, and the methods that answer its calls.
 * SPDX-License-Identifier: Apache-2.0
 *
 *     static const struct timer_server methods = {.now = now, .sleep = sleep};
 *     static const struct service_interface interfaces[] = {TIMER_SERVICE(methods)};
 *     struct service service = {
 *         .endpoint = capos_cap("server"),
 *         .interfaces = interfaces,
 *         .n_interfaces = 1,
 *         .object = &clock,
 *         .room = 256,
 *     };
 *
 *     service_open(&service);
 *     outcome = service_run(&service);
 *     service_close(&service);
 *
 * A call by an interface or of a method that the service does not have is refused as unimplemented.
 * An answer and the reception of the next call are one operation. Methods may make calls
 * themselves.
 *
 * A struct service belongs to one thread. Several threads serve one endpoint with a struct each,
 * and a program serves several endpoints in one thread by submit and take:
 *
 *     service_submit(&chat, 1);
 *     service_submit(&mail, 2);
 *     while (!ring_next(ring_mine(), RING_NEVER, &completion)) {
 *         struct service *service = completion.user_data == 1 ? &chat : &mail;
 *
 *         outcome = service_take(service, &completion);
 *         if (outcome_is_done(outcome))
 *             service_submit(service, completion.user_data);
 *     }
 */
#pragma once

#include "capos/incoming.h"

/* Calls by one interface. DISPATCH, which is generated, finds the method in the table SERVER. */
struct service_interface {
    uint64_t id;
    struct outcome (*dispatch)(const void *server, void *object, struct incoming *);
    const void *server;
};

struct service {
    /* The program's. */
    cap_t endpoint;
    const struct service_interface *interfaces;
    uint32_t n_interfaces;
    uint32_t room; /* bytes for a call's message and capabilities, and as many for its results */
    void *object;  /* which methods are given, unless: */
    void *(*find)(struct service *, uint64_t cookie); /* a client's object; NULL: disconnected */
    /* Takes what a method has moved when the answer did not reach its caller; NULL: it is
     * dropped. */
    void (*kept)(struct incoming *, cap_t);

    /* The library's own. */
    struct ring_client *client;
    uint32_t delivery_at, answer_at, transfers_at; /* blocks of the arena */
    bool answering; /* the answer below is under way, or is to be submitted */
    bool receiving; /* under way, as: */
    uint64_t user_data;
    bool stopped;
    struct ring_submission answer;
    struct incoming incoming;
};

/* Takes room in the arena, twice that of a call, until service_close(). ERR_NO_ROOM. */
err_t service_open(struct service *);

/* Serves until a method has called service_stop(), which is done, or the endpoint is closed:
 * ERR_DISCONNECTED. Any other outcome: the process lacks what receiving needs. */
struct outcome service_run(struct service *);
void service_stop(struct service *);

/* Serves one call that comes before the deadline (0 and RING_NEVER: none), ERR_TIMED_OUT. */
struct outcome service_step(struct service *, uint64_t deadline);

/* The parts: queues the last answer, if there is one, with the reception of a call; serves the call
 * that the completion brings. Done: there may be an answer, so submit again (or service_flush()).
 * ERR_NO_CALLS: the queue is full. */
err_t service_submit(struct service *, uint64_t user_data);
struct outcome service_take(struct service *, const struct ring_completion *);

/* Sends the last answer by itself. */
void service_flush(struct service *);

/* Sends the last answer, takes a reception back that is under way, and gives back the room. */
void service_close(struct service *);
