/*
 * One CALL of a kernel object's method.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The parameters are a copy, so they do not change while a method looks at them. The results are
 * written straight into the caller's arena and never read back. Room for the fixed part of the
 * results has been checked before the method is called; a method with texts or data in its results
 * checks for those first.
 */
#pragma once

#include "abi/kernel.capnp.h"
#include "abi/ring.h"
#include "cap/table.h"
#include "object/object.h"
#include "ring/transfer.h"

/* Parameters of kernel objects, in bytes. */
#define INVOCATION_PARAMS_MAX 4096

/* Capabilities among a method's results. */
#define INVOCATION_CAPS_MAX 2

struct call;
struct call_kind;
struct process;
struct thread;

struct invocation {
    struct thread *thread;
    struct process *process;
    const struct ring_submission *submission;
    struct object *object;
    struct call *call; /* it has been in flight, held for the object to come; NULL: it begins now */

    struct transfers transfers; /* capabilities that came along */
    uint32_t moving;            /* the chain of those that move, if any */

    struct capnp_message params; /* to be read by X_params_root() of abi/kernel.capnp.h */
    struct capnp_builder results;

    bool again;   /* too long for one stay: taken once more, and goes on where it was */
    bool pending; /* there are no results: the method began an operation, or the thread ends */
    unsigned n_caps;
    struct ring_cap caps[INVOCATION_CAPS_MAX];
};

/* The words of METHOD's results, root included, as object.h wants them. */
#define RESULT_WORDS(method) (1 + method##_RESULTS_WORDS)

/* Whether the result space has room for WORDS, and LEN bytes of data behind them. */
static inline bool invocation_has_room(const struct invocation *invocation, uint32_t words,
                                       uint64_t len)
{
    return words + (len + 7) / 8 <= invocation->submission->result_len / 8;
}

/* Gives the caller a capability; what the results' pointer to it must say is *INDEX. When the
 * method fails after all, it is taken back. */
err_t invocation_give(struct invocation *invocation, struct object *object,
                      const struct cap_rights *rights, uint32_t *index);

/* The same for all that the object's own interface offers, of what the caller makes. */
err_t invocation_give_object(struct invocation *invocation, struct object *object, uint32_t *index);

/* The method goes on later: begins the operation. It ends with call_complete(), its results built
 * by call_results(). */
err_t invocation_begin(struct invocation *invocation, const struct call_kind *kind,
                       uint64_t deadline, struct call **call);

/* Whether the caller of a kernel object may still have what it waits for: ERR_REVOKED,
 * ERR_STALE_SESSION. */
err_t call_verdict(const struct call *call);

/* Begins to build in the result space of an operation in flight; in none if call_finish() is going
 * to refuse them. */
void call_results(struct call *call, struct capnp_builder *results);

/* Ends CALL with what was built, or as refused: its capability has been revoked, or the object is
 * session-bound and the caller's session has ended. */
void call_finish(struct call *call, const struct capnp_builder *results);

/* Calls the method of OBJECT that SUBMISSION names. False: call it again. HELD, waiting nowhere, is
 * the operation in flight that this goes on with; NULL: there is none yet. */
bool invoke(struct thread *thread, const struct ring_submission *submission, struct object *object,
            struct call *held);
