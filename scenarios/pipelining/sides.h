/*
 * Both sides of a call in one thread, so that each end can be had at will.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "node.h"

struct sides {
    cap_t server, client;
    struct call first, second, third; /* second waits for first, third for second */
    cap_t reply;                      /* of the call that was received last */
};

static inline void sides_make(struct sides *sides)
{
    check(outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_NODE, &sides->server,
                                           &sides->client)),
          "an endpoint");
}

static inline void sides_drop(struct sides *sides)
{
    cap_release(sides->client);
    cap_release(sides->server);
}

/* Submits three calls, each of what the one before will bring; the kernel has them. */
static inline void sides_begin(struct sides *sides)
{
    node_open(&sides->first, sides->client, NODE_OPEN, 1);
    submit(&sides->first, FIRST);
    node_open(&sides->second, CAP_NONE, NODE_OPEN, 2);
    call_await(&sides->second, &sides->first, 0);
    submit(&sides->second, SECOND);
    node_open(&sides->third, CAP_NONE, NODE_PATH, 3);
    call_await(&sides->third, &sides->second, 0);
    submit(&sides->third, THIRD);
    enter(3);
}

/* The server receives the next in line, and its parameter is EXPECTED. */
static inline void sides_receive(struct sides *sides, uint64_t expected)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(sides->server, clock_now() + 1000000000, &in)), "a call");
    check(in.params[0] == expected, "the call %lu, not %lu", expected, in.params[0]);
    sides->reply = in.head.reply;
}

/* Answers with CAP, or with none. */
static inline struct outcome sides_answer(struct sides *sides, cap_t cap)
{
    struct call answer;

    answer_open(&answer, (struct deferred){sides->reply}, 2);
    capnp_set_cap(capnp_init_root(&answer.params, 0, 1), 0, call_give(&answer, cap));
    return answer_send(&answer);
}

/* How each of them has ended. */
static inline void sides_expect(const char *what, struct sides *sides, err_t first, err_t second,
                                err_t third)
{
    console_printf("%s", what);
    attempt("  the call", finish(&sides->first), first);
    attempt("  what waited for it", finish(&sides->second), second);
    attempt("  what waited for that", finish(&sides->third), third);
}
