/*
 * Calls of capabilities.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Generated clients make a whole call in one go; for other methods, and for several calls at a
 * time, it has steps (timer_sleep_open() and timer_sleep_results() are generated, too):
 *
 *     timer_sleep_params_set_until(timer_sleep_open(&call, timer, 0), until);
 *     outcome = call_make(&call, room for results);
 *     woken = timer_sleep_results_nanoseconds(timer_sleep_results(&call));
 *     call_close(&call);
 *
 * To have several under way, queue each with call_submit(). Its completion is found by call_wait()
 * or call_poll(); or the program takes completions of all kinds from its ring (ring_next()) and
 * hands this one to call_read(). Calls may be closed in any order.
 *
 * Capabilities that come with results are the caller's from then on. call_cap() takes one; those
 * that nobody took are dropped by call_close(), whatever they came with.
 *
 * A capability that a call will bring can be called before it has come, by any of those functions:
 *
 *     vault_open_open(&open, vault);
 *     call_submit(&open, 64, 1);
 *     outcome = door_ring(call_promise(&open, 0), capnp_text("Bob"), greeting, room, NULL);
 *
 * Whoever answers the first call starts the second with that: nothing comes back in between. Such
 * calls keep their order, and end as the earlier one when that fails.
 *
 * A struct call stays where it is from call_open() to call_close(), and belongs to one thread.
 */
#pragma once

#include "capnp/builder.h"
#include "capnp/reader.h"
#include "capos/arena.h"
#include "capos/outcome.h"
#include "capos/transfer.h"

struct call {
    struct capnp_builder params;
    struct capnp_message results; /* empty unless the call is done */

    /* The library's own. */
    struct ring_client *client;
    uint32_t at, more_at; /* blocks of the arena: the parameters and SPARE bytes behind; the rest */
    uint32_t params_len, spare;
    bool under_way;
    bool asked_again; /* whether its promise is kept, in vain */
    cap_t promise;    /* if the submission says so: what it was opened with */
    uint32_t number;  /* of what is promised of it; 0: nothing is */
    struct call *next_promising;
    struct caps_received received;
    struct ring_submission submission;
    struct caps_given given;
};

/* Begins a call with room for WORDS words of parameters: one for the pointer to the root, the
 * root's own, and those of all that it points to. 0: there is no message. */
static inline void call_open(struct call *, cap_t, uint64_t interface_id, uint16_t method,
                             uint32_t words);

/* A copy of the capability goes along: its index, for a pointer of the parameters. CAPNP_NO_CAP for
 * CAP_NONE. With more than RING_TRANSFERS_MAX of them the call is refused, ERR_BAD_ARGUMENT. */
static inline uint32_t call_give(struct call *call, cap_t cap)
{
    return caps_give(&call->given, cap);
}

/* The capability itself goes along. From call_submit() until the call ends nobody can use it
 * (ERR_RESERVED). It is gone once the call was received, whatever is answered then; when it was
 * not, the caller has it as before, under the same handle. To drop one that may have gone does no
 * harm. */
static inline uint32_t call_move(struct call *call, cap_t cap)
{
    return caps_move(&call->given, cap);
}

/*
 * What stands for the capability INDEX of an earlier call's results, in calls of this thread alone:
 * it cannot be given or dropped. The earlier call was submitted, and is closed after these have
 * ended. If it has ended when they are submitted, its capability is called, which may have been
 * taken. ERR_BROKEN_PROMISE: there is none.
 */
cap_t call_promise(struct call *earlier, uint32_t index);

/* Ends the call as ERR_TIMED_OUT at that time, in nanoseconds since boot. */
static inline void call_set_deadline(struct call *call, uint64_t deadline)
{
    call->submission.deadline = deadline;
}

/* Discloses fields of the caller's session to whoever serves the call, a bit of MASK for each
 * (interfaces/session.capnp): those that the session has and the capability permits. */
static inline void call_disclose(struct call *call, uint16_t mask)
{
    call->submission.disclose = mask;
}

/* Submits it with room for RESULT_LEN bytes of results, 16 for each capability among them; waits,
 * reads. There is always room for an exception. */
struct outcome call_make(struct call *, uint32_t result_len);

/* The halves: queues it, ERR_NO_ROOM, ERR_BAD_ARGUMENT, ERR_NO_CALLS or ERR_BROKEN_PROMISE; reads
 * what came of it. The call of a promise that was kept meanwhile is submitted again instead, and is
 * still under way: then there is no outcome yet, and another completion will come with that
 * user_data. */
err_t call_submit(struct call *, uint32_t result_len, uint64_t user_data);
struct outcome call_read(struct call *, const struct ring_completion *);
static inline bool call_is_under_way(const struct call *call)
{
    return call->under_way;
}

/* Of a call that was submitted: waits for its end; looks whether it has ended, without waiting;
 * ends it as ERR_CANCELLED unless it is too late, in which case ERR_NOT_FOUND. A cancelled call
 * still has to be waited for. */
struct outcome call_wait(struct call *);
bool call_poll(struct call *, struct outcome *);
err_t call_cancel(struct call *);

/* Takes a received capability. CAP_NONE: there is none with that index, it was taken, or the
 * results have turned out to be a lie, from which nothing is taken. */
static inline cap_t call_cap(struct call *call, uint32_t index)
{
    return capnp_error(&call->results) ? CAP_NONE : caps_take(&call->received, index);
}

/* Its interface id, taken or not; 0: there is none. */
static inline uint64_t call_cap_interface(const struct call *call, uint32_t index)
{
    return caps_interface(&call->received, index);
}

/* Copies a text or data of the results to TO, if OUTCOME is done: OUTCOME, or ERR_NO_ROOM when it
 * is longer than ROOM, which counts a text's NUL. *LEN is its length without, and 0 unless all is
 * done. TO NULL: it is not copied; LEN NULL: not said. */
struct outcome call_copy_text(struct outcome, struct capnp_text from, char *to, uint32_t room,
                              uint32_t *len);
struct outcome call_copy_data(struct outcome, struct capnp_data from, void *to, uint32_t room,
                              uint32_t *len);

/* Gives back what the call has, and cancels it first if it is still under way. */
void call_close(struct call *);

/* The same at the end of a whole call: OUTCOME, unless the results turned out to be a lie, which is
 * ERR_BAD_MESSAGE. */
struct outcome call_end(struct call *, struct outcome);

/* For this library: opens one with SPARE bytes behind the parameters; completes its submission,
 * with a result space of LEN bytes. ERR_NO_ROOM, ERR_BAD_ARGUMENT. */
static inline void call_open_with(struct call *, cap_t, uint64_t interface_id, uint16_t method,
                                  uint32_t words, uint32_t spare);
err_t call_prepare(struct call *, uint32_t len);

/* The length to send of what was built: the root alone, without fields, says nothing. */
static inline uint32_t message_len(const struct capnp_builder *builder)
{
    size_t len = capnp_built_len(builder);

    return len > sizeof(uint64_t) ? (uint32_t)len : 0;
}

/* An operation without messages, and what its completion's `value` says (may be NULL). */
struct outcome ring_operate(struct ring_submission *, uint64_t *value);

/* Drops a capability and waits until it is gone; cap_drop() in ring.h does not wait. */
struct outcome cap_release(cap_t);

/* Results that are no longer than an exception may be need no block of their own. */
static inline void call_open(struct call *call, cap_t cap, uint64_t interface_id, uint16_t method,
                             uint32_t words)
{
    call_open_with(call, cap, interface_id, method, words, EXCEPTION_ROOM);
}

static inline void call_open_with(struct call *call, cap_t cap, uint64_t interface_id,
                                  uint16_t method, uint32_t words, uint32_t spare)
{
    struct ring_client *client = ring_mine();
    size_t len = words * sizeof(uint64_t);
    uint32_t at = arena_alloc(client, len + spare);

    call->client = client;
    call->at = at;
    call->more_at = ARENA_NONE;
    call->params_len = (uint32_t)len;
    call->spare = spare;
    call->under_way = false;
    call->number = 0;
    call->received.n = call->given.n = call->given.moves = 0;
    if (at != ARENA_NONE)
        capnp_build(&call->params, ring_at(client, at), len);
    else
        call->params = (struct capnp_builder){.full = true};
    call->submission = (struct ring_submission){
        .opcode = RING_CALL,
        .cap = cap,
        .interface_id = interface_id,
        .method = method,
    };
}
