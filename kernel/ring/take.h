/*
 * Takes submissions from a ring and carries them out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * For cap_enter() alone, and inline: NOP, calls and answers between processes. take.c does the
 * rest.
 */
#pragma once

#include "abi/kernel.capnp.h"
#include "object/forwarder.h"
#include "process/process.h"
#include "ring/answer.h"
#include "ring/deliver.h"
#include "ring/post.h"
#include "ring/promise.h"
#include "ring/ring.h"
#include "sched/thread.h"
#include "sched/work.h"

/* --- What a submission may say --- */

#define N_WORDS (sizeof(struct ring_submission) / sizeof(uint64_t))

/* Fields of a submission's first word that an operation may use, besides the opcode. */
#define OPCODE       0xffull
#define FLAGS(flags) ((uint64_t)(flags) << 8)
#define METHOD       0xffff0000ull
#define VALUE        0xffffffff00000000ull
#define DISCLOSE     0x0000ffff00000000ull /* of the value */

/* Its other words. */
#define CAP       (1u << 2)
#define INTERFACE (1u << 3)
#define PARAMS    (1u << 4)
#define RESULT    (1u << 5)
#define DEADLINE  (1u << 6)
#define ARGUMENT  (1u << 7)
#define ALL_WORDS (CAP | INTERFACE | PARAMS | RESULT | DEADLINE | ARGUMENT)

/*
 * Whether only what the operation uses is set: what is reserved today can mean something tomorrow.
 * FIRST and WORDS are constants, of which the compiler leaves a look at each unused word.
 */
__attribute__((always_inline)) static inline bool uses(const struct ring_submission *submission,
                                                       uint64_t first, unsigned words)
{
    const uint64_t *word = (const uint64_t *)submission;
    uint64_t dirty = word[0] & ~(OPCODE | first);

#pragma GCC unroll 8
    for (unsigned i = 2; i < N_WORDS; i++)
        dirty |= words & 1u << i ? 0 : word[i];
    return dirty == 0;
}

/* It may change under our eyes. */
static inline void copy_submission(const struct ring *page, uint32_t head,
                                   struct ring_submission *submission)
{
    const volatile uint64_t *from = (const volatile uint64_t *)&page->sq[head % RING_SUBMISSIONS];
    uint64_t *to = (uint64_t *)submission;

#pragma GCC unroll 8
    for (unsigned i = 0; i < N_WORDS; i++)
        to[i] = from[i];
}

/* --- What it names --- */

/* The capability HANDLE, if it has the interface. */
static inline err_t find_cap(const struct thread *thread, cap_t handle, uint64_t interface_id,
                             struct cap **cap)
{
    *cap = cap_find(&thread->process->caps, handle);
    if (!*cap)
        return cap_refusal(&thread->process->caps, handle);
    return (*cap)->rights.interface_id == interface_id ? ERR_OK : ERR_BAD_INTERFACE;
}

/* What CAP is to. An operation that begins with it remembers how it came there. */
static inline err_t resolve_cap(struct thread *thread, const struct cap *cap,
                                struct object **object)
{
    if (__builtin_expect(cap->rights.forwarded, 0))
        thread->via = cap->object;
    return cap_resolve(cap, object);
}

/* What HANDLE is to, of the kernel's own objects, if it has one of two interfaces. A client of an
 * endpoint bears any interface id that its server likes, so the id alone does not say what the
 * object is. */
static inline err_t find_either(struct thread *thread, cap_t handle, uint64_t interface_id,
                                uint64_t other_id, struct object **object)
{
    struct cap *cap = cap_find(&thread->process->caps, handle);

    if (!cap)
        return cap_refusal(&thread->process->caps, handle);
    if (cap->rights.interface_id != interface_id && cap->rights.interface_id != other_id)
        return ERR_BAD_INTERFACE;
    return cap->rights.facet == FACET_OBJECT ? resolve_cap(thread, cap, object) : ERR_NOT_PERMITTED;
}

static inline err_t find_object(struct thread *thread, cap_t handle, uint64_t interface_id,
                                struct object **object)
{
    return find_either(thread, handle, interface_id, interface_id, object);
}

/*
 * How an operation goes on, when it does not end at once with an error or ERR_OK: it has no
 * completion yet, or has posted it by itself; or it must be taken again.
 */
enum { OUTCOMES = 0x10000, STARTED = OUTCOMES, AGAIN };

static inline uint32_t started(err_t error)
{
    return error ? error : STARTED;
}

/* --- Carrying it out --- */

/* Any operation but those below; as they return. */
uint32_t take_other(struct thread *thread, const struct ring_submission *submission);

/* SIGNAL and WAIT: object/notification.c. */
uint32_t take_signal(struct thread *thread, const struct ring_submission *submission);
uint32_t take_wait(struct thread *thread, const struct ring_submission *submission);

/* The rest of a CALL that does not go to a client's endpoint. */
uint32_t take_call_other(struct thread *thread, const struct ring_submission *submission,
                         const struct cap *cap);

/* A CALL with more than usual. */
uint32_t take_promised_call(struct thread *thread, const struct ring_submission *submission);

/* RETURN of REPLY without THEN_RECV. */
uint32_t take_return_only(struct thread *thread, const struct ring_submission *submission,
                          struct reply *reply);

static inline uint32_t run_call(struct thread *thread, const struct ring_submission *submission)
{
    struct cap *cap;
    err_t error = find_cap(thread, submission->cap, submission->interface_id, &cap);

    if (error)
        return error;
    if (cap->rights.forwarded || cap->rights.facet != FACET_CLIENT)
        return take_call_other(thread, submission, cap);
    return started(endpoint_call(thread, submission, cap, cap->object));
}

/* At ENDPOINT, with the reply that RETURN has left over, if any. */
static inline uint32_t receive(struct thread *thread, const struct ring_submission *submission,
                               uint64_t endpoint, struct reply *reply)
{
    struct object *object;
    err_t error = find_object(thread, endpoint, INTERFACE_ENDPOINT, &object);

    if (!error)
        return started(endpoint_recv(thread, submission, object, reply));
    if (reply)
        reply_unreserve(reply);
    return error;
}

static inline uint32_t run_return(struct thread *thread, const struct ring_submission *submission)
{
    struct object *object;
    struct reply *then;
    err_t error = find_object(thread, submission->cap, INTERFACE_REPLY, &object);

    if (error)
        return error;
    if (!(submission->flags & RING_THEN_RECV))
        return take_return_only(thread, submission, reply_of(object));
    then = reply_of(object);
    error = endpoint_return(thread, submission, &then);
    return error ? error : receive(thread, submission, submission->endpoint, then);
}

/* Posts how a submission has ended at once. False: it is not taken, but AGAIN. */
bool take_end(struct thread *thread, const struct ring_submission *submission, uint32_t outcome);

static inline uint32_t run(struct thread *thread, const struct ring_submission *submission)
{
    switch (submission->opcode) {
    case RING_CALL:
        return uses(submission, METHOD | DISCLOSE, ALL_WORDS)
                   ? run_call(thread, submission)
                   : take_promised_call(thread, submission);
    case RING_RETURN:
        return uses(submission, FLAGS(RING_EXCEPTION | RING_THEN_RECV) | VALUE, ALL_WORDS)
                   ? run_return(thread, submission)
                   : ERR_BAD_FLAGS;
    default: /* one call by its address: two more cases would lengthen the way of the first two */
        return (submission->opcode == RING_SIGNAL ? take_signal
                : submission->opcode == RING_WAIT ? take_wait
                                                  : take_other)(thread, submission);
    }
}

/* False when the submission must be taken again. */
static inline bool carry_out(struct thread *thread, const struct ring_submission *submission)
{
    uint32_t outcome = run(thread, submission);

    thread->via = NULL;
    return __builtin_expect(outcome == STARTED, 1) || take_end(thread, submission, outcome);
}

struct taken {
    int64_t n; /* how many, or -ERR_BAD_RING */

    /* Not when there are more, but no completion can be promised for them or the kernel has done
     * enough at once (sched/work.h); nor when the thread is to end, or has promised calls to go on
     * with. */
    bool may_wait;
};

/* Takes at most N submissions of the current thread. Each ends in a completion at once, or in an
 * operation in flight for which one is promised. */
static inline struct taken ring_take(struct thread *thread, uint64_t n)
{
    struct ring_submission submission;
    struct ring_state *ring = &thread->ring;
    struct ring *page = ring->page;
    uint32_t start = ring->sq_head, head = start;
    /* Acquire: the entries were written before the index that shows them. */
    uint32_t left = __atomic_load_n(&page->sq_tail, __ATOMIC_ACQUIRE) - start;
    int unconsumed = ring_unconsumed(ring);

    if (left > RING_SUBMISSIONS || unconsumed < 0)
        return (struct taken){-ERR_BAD_RING, false};
    if (left > n)
        left = (uint32_t)n;
    work_done = 0;
    if (__builtin_expect(thread->promises_ready, 0)) {
        if (!promises_go_on(thread))
            return (struct taken){0, false};
        unconsumed = ring_unconsumed(ring); /* those that went on may have completed */
    }
    while (left) {
        if (unconsumed < 0 || ring->in_flight + (uint32_t)unconsumed >= RING_COMPLETIONS)
            break;
        copy_submission(page, head, &submission);
        tap_submission(thread, &submission);
        if (!carry_out(thread, &submission))
            break;
        ring->sq_head = ++head;
        if (--left == 0 || work_done > WORK_MAX || thread->exiting)
            break;
        unconsumed = ring_unconsumed(ring);
    }
    /* Release: the entries may be overwritten once the thread sees the index. */
    __atomic_store_n(&page->sq_head, head, __ATOMIC_RELEASE);
    return (struct taken){head - start, !left && !thread->exiting && !thread->promises_ready};
}
