/*
 * Takes submissions from a ring and carries them out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/take.h"

#include "abi/kernel.capnp.h"
#include "object/notification.h"
#include "object/reply.h"
#include "process/process.h"
#include "ring/answer.h"
#include "ring/call.h"
#include "ring/deliver.h"
#include "ring/invocation.h"
#include "ring/park.h"
#include "ring/post.h"
#include "ring/promise.h"
#include "ring/ring.h"
#include "sched/work.h"

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
 * Whether only what the operation uses is set: what is reserved today can mean something tomorrow. FIRST and WORDS are constants, of
 * which the compiler leaves a look at each unused word.
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
static inline void copy_submission(const struct ring_state *ring,
                                   struct ring_submission *submission)
{
    const volatile uint64_t *from =
        (const volatile uint64_t *)&ring->page->sq[ring->sq_head % RING_SUBMISSIONS];
    uint64_t *to = (uint64_t *)submission;

#pragma GCC unroll 8
    for (unsigned i = 0; i < N_WORDS; i++)
        to[i] = from[i];
}

/* The capability HANDLE, if it has the interface. */
static err_t find(const struct thread *thread, cap_t handle, uint64_t interface_id,
                  struct cap **cap)
{
    *cap = cap_find(&thread->process->caps, handle);
    if (!*cap)
        return cap_refusal(&thread->process->caps, handle);
    return (*cap)->rights.interface_id == interface_id ? ERR_OK : ERR_BAD_INTERFACE;
}

/* What CAP is to. An operation that begins with it remembers how it came there. */
static inline err_t resolve(struct thread *thread, const struct cap *cap, struct object **object)
{
    if (__builtin_expect(cap->rights.forwarded, 0))
        thread->via = cap->object;
    return cap_resolve(cap, object);
}

/* What HANDLE is to, of the kernel's own objects, if it has one of two interfaces. A client of an endpoint bears any interface id
 * that its server likes, so the id alone does not say what the object is. */
static inline err_t find_either(struct thread *thread, cap_t handle, uint64_t interface_id,
                                uint64_t other_id, struct object **object)
{
    struct cap *cap = cap_find(&thread->process->caps, handle);

    if (!cap)
        return cap_refusal(&thread->process->caps, handle);
    if (cap->rights.interface_id != interface_id && cap->rights.interface_id != other_id)
        return ERR_BAD_INTERFACE;
    return cap->rights.facet == FACET_OBJECT ? resolve(thread, cap, object) : ERR_NOT_PERMITTED;
}

static err_t find_object(struct thread *thread, cap_t handle, uint64_t interface_id,
                         struct object **object)
{
    return find_either(thread, handle, interface_id, interface_id, object);
}

/*
 * How an operation goes on, when it does not end at once with an error or ERR_OK: it has no completion yet, or has posted it by itself;
 * or it must be taken again.
 */
enum { OUTCOMES = 0x10000, STARTED = OUTCOMES, AGAIN };

static inline uint32_t started(err_t error)
{
    return error ? error : STARTED;
}

/* Instead of the capability, which can do nothing any more. */
static err_t refuse_call(struct thread *thread, const struct ring_submission *submission,
                         err_t error)
{
    if (!ring_arena(&thread->ring, submission->result, submission->result_len))
        return ERR_BAD_ARENA;
    call_refuse(thread, submission, error);
    return ERR_OK;
}

static uint32_t run_call(struct thread *thread, const struct ring_submission *submission)
{
    struct object *object;
    struct cap *cap;
    err_t error = find(thread, submission->cap, submission->interface_id, &cap);

    if (error)
        return error;
    error = resolve(thread, cap, &object);
    if (error)
        return started(refuse_call(thread, submission, error));
    if (cap->rights.facet == FACET_CLIENT)
        return started(endpoint_call(thread, submission, cap, object));
    return invoke(thread, submission, object, NULL) ? STARTED : AGAIN;
}

/* A CALL with more than usual. */
__attribute__((noinline)) static uint32_t run_promised_call(struct thread *thread,
                                                            const struct ring_submission *s)
{
    if (!(s->flags & RING_PROMISED) || !uses(s, FLAGS(RING_PROMISED) | METHOD | VALUE, ALL_WORDS))
        return ERR_BAD_FLAGS;
    return started(promise_call(thread, s));
}

/* At ENDPOINT, with the reply that RETURN has left over. */
static uint32_t receive(struct thread *thread, const struct ring_submission *submission,
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

static uint32_t run_return(struct thread *thread, const struct ring_submission *submission)
{
    bool then_receive = submission->flags & RING_THEN_RECV;
    struct object *object;
    struct reply *then;
    err_t error = find_object(thread, submission->cap, INTERFACE_REPLY, &object);

    if (!error && !then_receive &&
        (submission->endpoint | submission->result | submission->result_len | submission->deadline))
        error = ERR_BAD_FLAGS;
    if (!error)
        error = endpoint_return(thread, submission, reply_of(object), then_receive ? &then : NULL);
    if (error || !then_receive)
        return error;
    return receive(thread, submission, submission->endpoint, then);
}

static err_t run_cancel(struct thread *thread, const struct ring_submission *submission)
{
    struct call *call = call_find(thread, submission->argument);

    if (!call)
        return ERR_NOT_FOUND;
    call_withdraw(call, ERR_CANCELLED);
    return ERR_OK;
}

static uint32_t run_park(struct thread *thread, const struct ring_submission *submission)
{
    struct object *object;
    err_t error = find_object(thread, submission->cap, INTERFACE_PARK_SPACE, &object);

    return error ? error : started(park(thread, submission));
}

static err_t run_unpark(struct thread *thread, const struct ring_submission *submission,
                        uint64_t *value)
{
    struct object *object;
    err_t error = find_object(thread, submission->cap, INTERFACE_PARK_SPACE, &object);

    return error ? error : unpark(thread, submission->argument, submission->value, value);
}

/* A signaller is the same object as its notification, under another interface. */
static err_t run_signal(struct thread *thread, const struct ring_submission *submission)
{
    struct object *object;
    err_t error =
        find_either(thread, submission->cap, INTERFACE_SIGNALLER, INTERFACE_NOTIFICATION, &object);

    if (!error && !submission->argument)
        error = ERR_BAD_ARGUMENT;
    if (!error)
        notification_signal(object, submission->argument);
    return error;
}

static uint32_t run_wait(struct thread *thread, const struct ring_submission *submission,
                         uint64_t *value)
{
    struct object *object;
    err_t error = find_object(thread, submission->cap, INTERFACE_NOTIFICATION, &object);

    if (!error)
        error = notification_wait(thread, submission, object, value);
    return error || *value ? error : STARTED;
}

static inline uint32_t run(struct thread *thread, const struct ring_submission *s, uint64_t *value)
{
    switch (s->opcode) {
    case RING_NOP:
        if (!uses(s, 0, ARGUMENT))
            return ERR_BAD_FLAGS;
        *value = s->argument;
        return ERR_OK;
    case RING_CALL:
        return uses(s, METHOD | DISCLOSE, ALL_WORDS) ? run_call(thread, s)
                                                     : run_promised_call(thread, s);
    case RING_RECV:
        return uses(s, 0, CAP | RESULT | DEADLINE) ? receive(thread, s, s->cap, NULL)
                                                   : ERR_BAD_FLAGS;
    case RING_RETURN:
        return uses(s, FLAGS(RING_EXCEPTION | RING_THEN_RECV) | VALUE, ALL_WORDS)
                   ? run_return(thread, s)
                   : ERR_BAD_FLAGS;
    case RING_RELEASE:
        return uses(s, 0, CAP) ? cap_release(&thread->process->caps, s->cap) : ERR_BAD_FLAGS;
    case RING_CANCEL:
        return uses(s, 0, ARGUMENT) ? run_cancel(thread, s) : ERR_BAD_FLAGS;
    case RING_PARK:
        return uses(s, VALUE, CAP | DEADLINE | ARGUMENT) ? run_park(thread, s) : ERR_BAD_FLAGS;
    case RING_UNPARK:
        return uses(s, VALUE, CAP | ARGUMENT) ? run_unpark(thread, s, value) : ERR_BAD_FLAGS;
    case RING_SIGNAL:
        return uses(s, 0, CAP | ARGUMENT) ? run_signal(thread, s) : ERR_BAD_FLAGS;
    case RING_WAIT:
        return uses(s, 0, CAP | DEADLINE | ARGUMENT) ? run_wait(thread, s, value) : ERR_BAD_FLAGS;
    default:
        return ERR_BAD_OPCODE;
    }
}

/* False when the submission must be taken again. */
static inline bool carry_out(struct thread *thread, const struct ring_submission *submission)
{
    uint64_t value = 0;
    uint32_t outcome = run(thread, submission, &value);

    thread->via = NULL;
    if (outcome < OUTCOMES)
        ring_post(thread, submission->user_data, submission->opcode, -(int32_t)outcome, 0, value,
                  0);
    return outcome != AGAIN;
}

static inline bool has_credit(const struct ring_state *ring)
{
    int unconsumed = ring_unconsumed(ring);

    return unconsumed >= 0 && ring->in_flight + (uint32_t)unconsumed < RING_COMPLETIONS;
}

/* Carries out the next submission. False: it is not taken, for no completion can be promised, or it wants to be
 * taken again. */
static inline bool take_next(struct thread *thread)
{
    struct ring_submission submission;
    struct ring_state *ring = &thread->ring;

    if (!has_credit(ring))
        return false;
    copy_submission(ring, &submission);
    tap_submission(thread, &submission);
    if (!carry_out(thread, &submission))
        return false;
    ring->sq_head++;
    return true;
}

struct taken ring_take(struct thread *thread, uint64_t n)
{
    struct ring_state *ring = &thread->ring;
    struct ring *page = ring->page;
    uint32_t start = ring->sq_head;
    /* Acquire: the entries were written before the index that shows them. */
    uint32_t left = __atomic_load_n(&page->sq_tail, __ATOMIC_ACQUIRE) - start;

    if (left > RING_SUBMISSIONS || ring_unconsumed(ring) < 0)
        return (struct taken){-ERR_BAD_RING, false};
    if (left > n)
        left = (uint32_t)n;
    work_done = 0;
    if (__builtin_expect(thread->promises_ready, 0) && !promises_go_on(thread))
        return (struct taken){0, false};
    while (left && take_next(thread)) {
        left--;
        if (work_done > WORK_MAX || thread->exiting)
            break;
    }
    /* Release: the entries may be overwritten once the thread sees the index. */
    __atomic_store_n(&page->sq_head, ring->sq_head, __ATOMIC_RELEASE);
    return (struct taken){ring->sq_head - start,
                          !left && !thread->exiting && !thread->promises_ready};
}
