/*
 * A thread that does random operations, and the model of what it holds.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Operation number N of a player is chosen by its seed and N alone, and what a receiver does with a
 * call by the call's key, which follows from them. So a seed repeats every choice; how the
 * operations of different players fall together is the processors' affair.
 *
 * A player never waits for one operation. What is under way is a flight; when its completion comes,
 * its end is compared with what it may be. All that a player holds is a holding: what CapTable says
 * of it must be what it was when it came. At the end everything is taken back and dropped, and the
 * process's ledger must be as it was.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#include "random.h"

#define INTERFACE_STRESS 0x9f3a5c7718d2e400ull /* and the number behind it */
#define INTERFACES       2
#define INTERFACE_TOKEN  0xb7c1d2e3f4a59687ull

#define HOLDINGS_MAX 128
#define HOLDINGS     60 /* as many as a player takes on, but for tokens, which it always does */
#define FLIGHTS_MAX  16
#define REPLIES_MAX  4
#define PLACES_MAX   8
#define THREADS_MAX  2
#define PEERS_MAX    6
#define LUGGAGE_MAX  3
#define NESTING_MAX  3

enum holding_kind {
    HOLDING_NONE,
    HOLDING_CLIENT,
    HOLDING_SERVER,
    HOLDING_MEMORY,
    HOLDING_PROCESS,
    HOLDING_NOTIFICATION,
    HOLDING_SIGNALLER,
    HOLDING_USER,
    HOLDING_CONTROL,
    HOLDING_LAUNCHER,
    HOLDING_REVOKER,
    HOLDING_TOKEN, /* there is one of its kind; it is moved, and never copied or dropped */
};

struct holding {
    cap_t cap;
    uint64_t interface_id;
    enum holding_kind kind;
    enum scope scope;
    bool forwarded; /* derived, by whomever, who may revoke it at any time */
    bool moving;    /* with a call under way */
};

/* What goes along with a message. */
struct luggage {
    uint32_t n;
    cap_t caps[LUGGAGE_MAX];
    bool moves[LUGGAGE_MAX];
    uint64_t word; /* tells the receiver what to expect */
};

/* The right to answer, and what the answer must say. */
struct held_reply {
    cap_t reply;
    uint64_t key;
    bool exact;
    bool brings; /* a client comes first with the answer, for whoever waits for it */
};

enum flight_kind {
    FLIGHT_NONE,
    FLIGHT_CALL,
    FLIGHT_RECV,
    FLIGHT_SLEEP,
    FLIGHT_PARK,
    FLIGHT_WAIT,
    FLIGHT_BITS
};

struct flight {
    enum flight_kind kind;
    struct call call; /* call, sleep, wait */
    uint32_t room;    /* recv: of the arena */
    uint64_t key;     /* bits: the mask */
    bool exact, timed, cancelled;
    bool revocable; /* what it goes through */
    bool promised;  /* it goes through what another call will bring */
    struct luggage luggage;
    const struct flight *awaits; /* the call that brings what this one is of; NULL: it has ended */
    bool overdue;                /* that one has failed */
    struct held_reply nested;    /* is answered when this call ends; reply CAP_NONE: nothing is */
};

/* Anonymous memory: the first word of each page says which. */
struct place {
    uint64_t at;
    uint32_t pages; /* 0: none */
    uint64_t key;
};

struct player_thread {
    struct thread thread;
    uint64_t seed;
    uint32_t n_operations, depth;
    bool running;
};

struct player {
    uint64_t seed;
    uint32_t n_operations;
    uint32_t depth;       /* of processes below the first players */
    uint32_t max_flights; /* a thread's arena is small */
    bool in_thread;       /* not the process's first */
    bool serves_only;     /* makes no further calls */
    bool ends;            /* receives none either */

    struct holding holdings[HOLDINGS_MAX];
    uint32_t n_holdings;
    struct flight flights[FLIGHTS_MAX + 1]; /* the last one: the reception at `server` */
    uint32_t n_flights;
    uint32_t n_waited; /* flights of that kind that were done */
    struct held_reply replies[REPLIES_MAX];
    uint32_t n_replies;
    struct place places[PLACES_MAX];
    struct player_thread threads[THREADS_MAX];
    cap_t stale; /* was valid once */

    /* Whom it may call: exact ones count every answer. */
    cap_t server; /* where its peers call it, all the time; CAP_NONE: nowhere */
    cap_t peers[PEERS_MAX];
    uint32_t n_peers;
    bool exact;
};

/* What all players of this process have seen, of calls that count every answer. */
extern struct score {
    uint64_t answers_sent, answers_got;
} score;

/* Does its operations. */
void player_play(struct player *);

/* Takes back its own calls and whatever else is under way, but for receptions; joins its
 * threads. */
void player_stop(struct player *);

/* Takes everything back and drops all that it holds. */
void player_end(struct player *);

/* Looks what has come to an end until the deadline, or before one thing has (0: does not wait). */
void player_poll(struct player *, uint64_t deadline);

/* Receives at `server`, unless that is under way. */
void player_receive(struct player *);

/* A whole player that has no peers, in a thread or in a process. */
void player_live(uint64_t seed, uint32_t n_operations, uint32_t depth, bool in_thread);

/* Whether it was done; ends the process unless it was, or is refused because the process or the
 * machine lacks something, or for the reason MAYBE (0: none). */
bool did(struct outcome, err_t maybe);
bool is_lack(err_t);

/* Whether allocations fail at any time: then nothing may go along with answers that are counted. */
bool is_poor(void);

/* Whether this process's session may end. Then whatever the session permits may be refused. */
extern bool is_mortal;
bool is_stale(err_t);

/* It was done through HOLDING, or could not be since the session has ended, or it was revoked. */
void sure(const struct holding *holding, struct outcome, const char *what);

/* --- Holdings --- */

/* Takes a capability on, of an interface that it must have; drops it at once when that is
 * enough. */
void hold(struct player *, cap_t, uint64_t interface_id, enum scope, bool forwarded);

/* A random one of the kind (HOLDING_NONE: of any but tokens) that does not move; NULL: there is
 * none. */
struct holding *holding_any(struct player *, struct random *, enum holding_kind);

/* It is gone, or drop it. */
void holding_forget(struct player *, struct holding *);
void holding_drop(struct player *, struct holding *);

/* The one with this handle. */
struct holding *holding_of(struct player *, cap_t);

/* Whether there is something behind its handle. */
bool holding_is_here(const struct holding *);

/* What else an operation through it may end as: ERR_REVOKED or ERR_OK. */
static inline err_t revoked_maybe(const struct holding *holding)
{
    return holding->forwarded ? ERR_REVOKED : ERR_OK;
}

/* What CapTable must say of a derived capability. */
void holding_expect_revoked(cap_t, bool revoked);

/* CapTable says what the model says. */
void holding_check(struct player *, const struct holding *);

/* --- Flights --- */

/* A new one, whose user_data is what flight_id() says; NULL: too many are under way. */
struct flight *flight_new(struct player *, enum flight_kind);

/* The one of the reception at `server`; NULL: it is under way, or shall not be. */
struct flight *flight_main(struct player *);
uint64_t flight_id(const struct player *, const struct flight *);
void flight_free(struct player *, struct flight *);

/* --- Operations, which draw what they need from RANDOM; KEY names this one --- */

typedef void operation_fn(struct player *, struct random *, uint64_t key);

operation_fn map_memory, unmap_memory, protect_memory, make_object, map_object;
operation_fn make_endpoint, mint, close_endpoint, receive, call, call_awaited, cancel, answer_held;
operation_fn sleep, park, unpark, yield, drop, look, start_thread, join_thread;
operation_fn start_process, launch_process, wait_for_process, end_process;
operation_fn make_notification, wait_for_bits, signal_bits;
operation_fn fail_allocations;
operation_fn derive, revoke, derive_and_revoke;
operation_fn make_session, end_session, look_at_session, park_shared, unpark_shared;

/* The ends of flights. */
void call_ended(struct player *, struct flight *, const struct ring_completion *);
void recv_ended(struct player *, struct flight *, const struct ring_completion *);
void sleep_ended(struct player *, struct flight *, const struct ring_completion *);
void wait_ended(struct player *, struct flight *, const struct ring_completion *);
void park_ended(struct player *, struct flight *, const struct ring_completion *);
void bits_ended(struct player *, struct flight *, const struct ring_completion *);

/* Answers all that wait for an answer of this player's. */
void answer_all(struct player *);

/* Calls a peer, and answers NESTED with the end. */
void call_peer(struct player *, struct random *, uint64_t key, uint32_t nesting,
               const struct held_reply *nested);

void place_drop(struct player *, struct place *);
void threads_join(struct player *);

/* Ends a process and waits for that. */
void process_finish(const struct holding *);
