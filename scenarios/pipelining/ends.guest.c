/*
 * How calls on a promise end when what they wait for ends, and when they do.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sides.h"

#define MILLISECOND 1000000ull
#define REASON      "the server does not like it"

static void answered(struct sides *sides)
{
    sides_begin(sides);
    sides_receive(sides, 1);
    sides_answer(sides, CAP_NONE);
    sides_expect("answered without a capability:", sides, ERR_OK, ERR_BROKEN_PROMISE,
                 ERR_BROKEN_PROMISE);
}

/* Type, code and reason come through. */
static void refused(struct sides *sides)
{
    struct outcome outcome;

    sides_begin(sides);
    sides_receive(sides, 1);
    answer_refuse((struct deferred){sides->reply},
                  outcome_refuse(EXCEPTION_OVERLOADED, ERR_IN_USE, REASON));
    outcome = call_wait(&sides->third);
    check(outcome.kind == OUTCOME_EXCEPTION && outcome.type == EXCEPTION_OVERLOADED &&
              strcmp(ring_mine()->reason, REASON) == 0,
          "the server's own exception");
    call_close(&sides->third);
    console_printf("refused by an exception of the server's:");
    attempt("  the call", finish(&sides->first), ERR_IN_USE);
    attempt("  what waited for it", finish(&sides->second), ERR_IN_USE);
    console_printf("  what waited for that: the same, type and reason as well");
}

/* The code alone. */
static void refused_without_room(struct sides *sides)
{
    struct outcome outcome;

    node_open(&sides->first, sides->client, NODE_OPEN, 1);
    submit(&sides->first, FIRST);
    node_open(&sides->second, CAP_NONE, NODE_OPEN, 2);
    call_await(&sides->second, &sides->first, 0);
    check(call_prepare(&sides->second, 0) == ERR_OK, "no room for results");
    sides->second.submission.user_data = SECOND;
    check(ring_submit(ring_mine(), &sides->second.submission), "a call");
    enter(2);
    sides_receive(sides, 1);
    answer_refuse((struct deferred){sides->reply},
                  outcome_refuse(EXCEPTION_OVERLOADED, ERR_IN_USE, REASON));
    outcome = finish(&sides->second);
    check(outcome.kind == OUTCOME_EXCEPTION, "an exception");
    attempt("waiting for it without room for an exception", outcome, ERR_IN_USE);
    finish(&sides->first);
}

static void dropped(struct sides *sides)
{
    sides_begin(sides);
    sides_receive(sides, 1);
    cap_release(sides->reply);
    sides_expect("dropped by the server:", sides, ERR_DISCONNECTED, ERR_DISCONNECTED,
                 ERR_DISCONNECTED);
}

static void closed(void)
{
    struct sides sides;

    sides_make(&sides);
    sides_begin(&sides);
    check(outcome_is_done(endpoint_close(sides.server)), "a closed endpoint");
    sides_expect("the endpoint closed:", &sides, ERR_DISCONNECTED, ERR_DISCONNECTED,
                 ERR_DISCONNECTED);
    sides_drop(&sides);
}

static void cancelled(struct sides *sides)
{
    sides_begin(sides);
    check(call_cancel(&sides->first) == ERR_OK, "a cancellation");
    sides_expect("cancelled in line:", sides, ERR_CANCELLED, ERR_CANCELLED, ERR_CANCELLED);
    sides_begin(sides);
    sides_receive(sides, 1);
    check(call_cancel(&sides->second) == ERR_OK, "a cancellation");
    attempt("answering a call when what waited for it is cancelled",
            sides_answer(sides, sides->client), ERR_OK);
    sides_expect("the one that waits cancelled:", sides, ERR_OK, ERR_CANCELLED, ERR_CANCELLED);
}

static void late(struct sides *sides)
{
    node_open(&sides->first, sides->client, NODE_OPEN, 1);
    call_set_deadline(&sides->first, clock_now() + MILLISECOND);
    submit(&sides->first, FIRST);
    node_open(&sides->second, CAP_NONE, NODE_OPEN, 2);
    call_await(&sides->second, &sides->first, 0);
    submit(&sides->second, SECOND);
    enter(2);
    attempt("a call that nobody receives before its deadline", finish(&sides->first),
            ERR_TIMED_OUT);
    attempt("what waited for it", finish(&sides->second), ERR_TIMED_OUT);
}

static void late_itself(struct sides *sides)
{
    node_open(&sides->first, sides->client, NODE_OPEN, 1);
    submit(&sides->first, FIRST);
    node_open(&sides->second, CAP_NONE, NODE_OPEN, 2);
    call_await(&sides->second, &sides->first, 0);
    call_set_deadline(&sides->second, clock_now() + MILLISECOND);
    submit(&sides->second, SECOND);
    enter(2);
    attempt("a call that waits beyond its own deadline", finish(&sides->second), ERR_TIMED_OUT);
    sides_receive(sides, 1);
    sides_answer(sides, CAP_NONE);
    attempt("what it waited for", finish(&sides->first), ERR_OK);
}

/* What comes is not what was said, or is of no use. */
static void useless(struct sides *sides)
{
    cap_t server, client, derived, revoker;

    sides_begin(sides);
    sides_receive(sides, 1);
    sides_answer(sides, capos_cap("timer"));
    sides_expect("a capability with another interface:", sides, ERR_OK, ERR_BAD_INTERFACE,
                 ERR_BAD_INTERFACE);

    check(
        outcome_is_done(endpoints_create(capos_cap("endpoints"), INTERFACE_NODE, &server, &client)),
        "an endpoint");
    cap_release(server);
    sides_begin(sides);
    sides_receive(sides, 1);
    sides_answer(sides, client);
    sides_expect("a client of a closed endpoint:", sides, ERR_OK, ERR_DISCONNECTED,
                 ERR_DISCONNECTED);
    cap_release(client);

    check(outcome_is_done(caps_derive(capos_cap("caps"), sides->client, SCOPE_SHAREABLE, 0,
                                      &derived, &revoker)) &&
              outcome_is_done(revoker_revoke(revoker)),
          "a revoked client");
    sides_begin(sides);
    sides_receive(sides, 1);
    sides_answer(sides, derived);
    sides_expect("a revoked one:", sides, ERR_OK, ERR_REVOKED, ERR_REVOKED);
    cap_release(derived);
    cap_release(revoker);
}

/* It comes through a forwarder, which is cut when the call that waited for it is in line. */
static void revoked_in_line(struct sides *sides)
{
    cap_t derived, revoker;
    struct words_call in;

    check(outcome_is_done(caps_derive(capos_cap("caps"), sides->client, SCOPE_SHAREABLE, 0,
                                      &derived, &revoker)),
          "a derived client");
    sides_begin(sides);
    sides_receive(sides, 1);
    sides_answer(sides, derived);
    check(outcome_is_done(revoker_revoke(revoker)), "its revocation");
    attempt("receiving what is in line", capos_recv(sides->server, clock_now() + MILLISECOND, &in),
            ERR_TIMED_OUT);
    sides_expect("revoked while the next one is in line:", sides, ERR_OK, ERR_REVOKED, ERR_REVOKED);
    cap_release(derived);
    cap_release(revoker);
}

/* The same of an object of the kernel's, when the call of it is ready to go on in this thread's
 * next cap_enter(): what makes it so, and the revocation, are taken in one. */
static void revoked_when_ready(struct sides *sides)
{
    struct ring_client *client = ring_mine();
    struct ring_submission answer = {.opcode = RING_RETURN, .user_data = THIRD, .n_transfers = 1};
    struct ring_completion completion;
    cap_t derived, revoker;
    struct call revoke;

    check(outcome_is_done(caps_derive(capos_cap("caps"), capos_cap("timer"), SCOPE_SHAREABLE, 0,
                                      &derived, &revoker)),
          "a derived timer");
    node_open(&sides->first, sides->client, NODE_OPEN, 1);
    submit(&sides->first, FIRST);
    timer_now_open(&sides->second, CAP_NONE);
    call_await(&sides->second, &sides->first, 0);
    submit(&sides->second, SECOND);
    sides_receive(sides, 1);
    answer.cap = sides->reply;
    answer.transfers = arena_alloc(client, sizeof(struct ring_transfer));
    *(struct ring_transfer *)ring_at(client, answer.transfers) =
        (struct ring_transfer){.cap = derived};
    check(ring_submit(client, &answer), "an answer");
    revoker_revoke_open(&revoke, revoker);
    submit(&revoke, MANY);
    enter(2);
    attempt("what waited for a timer, revoked before it goes on", finish(&sides->second),
            ERR_REVOKED);
    attempt("what it waited for", finish(&sides->first), ERR_OK);
    check(ring_wait(client, THIRD, &completion) == ERR_OK && completion.status == 0, "the answer");
    check(outcome_is_done(finish(&revoke)), "the revocation");
    arena_free(client, answer.transfers);
    cap_release(derived);
    cap_release(revoker);
}

/* All goes well: the server sees three calls in a row. */
static void served(struct sides *sides)
{
    sides_begin(sides);
    for (uint64_t i = 1; i <= 3; i++) {
        sides_receive(sides, i);
        sides_answer(sides, i < 3 ? sides->client : CAP_NONE);
    }
    sides_expect("each answered in turn:", sides, ERR_OK, ERR_OK, ERR_OK);
}

/* A thread that ends while its calls wait. */
static int leave(void *argument)
{
    sides_begin(argument);
    return 0;
}

static void caller_ends(struct sides *sides)
{
    struct budget before = ledger_used();
    struct thread thread;

    check(outcome_is_done(thread_start(&thread, leave, sides)), "a thread");
    check(outcome_is_done(thread_finish(&thread, NULL)), "its end");
    ledger_check("a thread that ended with calls that wait", before);
    console_printf("a thread ended with calls that wait, and nothing is left of them");
}

int main(void)
{
    struct sides sides;

    sides_make(&sides);
    served(&sides);
    answered(&sides);
    refused(&sides);
    refused_without_room(&sides);
    dropped(&sides);
    closed();
    cancelled(&sides);
    late(&sides);
    late_itself(&sides);
    useless(&sides);
    revoked_in_line(&sides);
    revoked_when_ready(&sides);
    caller_ends(&sides);
    sides_drop(&sides);
    return 0;
}
