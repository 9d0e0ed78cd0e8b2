/*
 * An operation in flight: what will become a completion.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Begun by an operation that cannot end at once; charged to its process's ledger (and its deadline,
 * if it has one). It ends once: completed by what it waits for, by its deadline, by CANCEL, or
 * dropped with its thread. Whoever it waits at keeps it in a list or tree of its own, from which
 * kind->withdraw takes it. It holds a reference to that object. Under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "abi/ring.h"
#include "cap/table.h"
#include "lib/list.h"
#include "lib/tree.h"
#include "object/forwarder.h"
#include "object/object.h"
#include "sched/timer.h"

struct call;
struct reply;
struct thread;

struct call_kind {
    /* Takes the call out of wherever it waits. It is about to end without having happened. */
    void (*withdraw)(struct call *call);
};

/* What a CALL sends to an endpoint. */
struct call_message {
    uint32_t params, params_len; /* in the caller's arena, checked */
    uint32_t transfers, n_transfers;
    uint32_t moving; /* while it stands in line: of ring/transfer.h */
    uint64_t interface_id;
    union {
        uint64_t cookie;
        cap_t target; /* held: which of the answer's capabilities; kept: its handle */
    };
    uint64_t reference[2]; /* of the caller's session */
    uint16_t method;
    uint16_t disclosed; /* fields of that session */
};

struct call {
    struct list in_thread;
    struct thread *thread;
    struct ledger *ledger;
    const struct call_kind *kind;
    struct object *object; /* NULL: none */
    struct object *via;    /* the forwarder by which it came; NULL: none. Referred to, like that */
    uint64_t user_data;
    uint32_t result, result_len; /* in the thread's arena, checked */
    uint8_t opcode;
    bool timed;   /* the deadline is charged */
    bool awaited; /* other calls wait for what its answer will bring: ring/promise.h */
    bool special; /* one of these, `via`, or not first_call: there is more to do at its end */
    struct timer deadline;

    /* Where it waits; of `kind`. */
    union {
        struct reply *reply;  /* CALL: the server's, which works on it; RECV: reserved for it */
        struct call *earlier; /* CALL that is held: the one it waits for */
    };
    struct list in_queue;
    struct tree_node node;
    union {
        uint64_t place;              /* park: the address, or the offset in the memory object */
        uint64_t mask;               /* notification */
        struct call_message message; /* endpoint */
    };
};

/* Begins an operation. OBJECT may be NULL. DEADLINE 0 and RING_NEVER are none. */
err_t call_begin(struct thread *thread, const struct ring_submission *submission,
                 const struct call_kind *kind, struct object *object, uint64_t deadline,
                 struct call **call);

/* CALL, which waits nowhere any more, waits as another kind from now on, until another DEADLINE. It
 * has what it is charged but for that: ERR_NO_TIMERS, and nothing has changed. */
err_t call_go_on(struct call *call, const struct call_kind *kind, uint64_t deadline);

/* Ends it with a completion. It must not be waiting anywhere any more. */
void call_complete(struct call *call, int32_t status, uint32_t result_len, uint64_t value,
                   uint32_t n_caps);

/* Ends a CALL that does not begin, of which the result space is good, with a CapException. */
void call_refuse(struct thread *thread, const struct ring_submission *submission, err_t error);

/* Ends it with a CapException. */
void call_fail(struct call *call, err_t error);

/* Takes it out of where it waits and ends it with -ERROR. */
void call_withdraw(struct call *call, err_t error);

/* Withdraws without a completion all that THREAD, which ends, has in flight. */
void calls_drop(struct thread *thread);

/* Whether what it came through has been revoked meanwhile: then nothing of what it waits for is for
 * it. */
static inline bool call_is_revoked(const struct call *call)
{
    return __builtin_expect(call->via != NULL, 0) && forwarder_is_cut(call->via);
}

/* The thread's call with USER_DATA; NULL when there is none. */
struct call *call_find(const struct thread *thread, uint64_t user_data);

/* Calls in flight in the whole system. */
uint64_t calls_count(void);
