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

/* The same for the kernel's own objects. A client of an endpoint bears any interface id that its server likes, so the
 * id alone does not say what the object is. */
static err_t find_object(struct thread *thread, cap_t handle, uint64_t interface_id,
                         struct object **object)
{
    struct cap *cap;
    err_t error = find(thread, handle, interface_id, &cap);

    if (error)
        return error;
    return cap->rights.facet == FACET_OBJECT ? resolve(thread, cap, object) : ERR_NOT_PERMITTED;
}

/*
 * How an operation goes on. Those that return an error end with it; of the others, these have no completion yet, or
 * have posted it by themselves.
 */
enum course { AT_ONCE, STARTED, AGAIN };

/* Instead of the capability, which can do nothing any more. */
static err_t refuse_call(struct thread *thread, const struct ring_submission *submission,
                         err_t error)
{
    if (!ring_arena(&thread->ring, submission->result, submission->result_len))
        return ERR_BAD_ARENA;
    call_refuse(thread, submission, error);
    return ERR_OK;
}

static err_t run_call(struct thread *thread, const struct ring_submission *submission,
                      enum course *course)
{
    struct object *object;
    struct cap *cap;
    err_t error = find(thread, submission->cap, submission->interface_id, &cap);

    if (error)
        return error;
    *course = STARTED;
    error = resolve(thread, cap, &object);
    if (error)
        return refuse_call(thread, submission, error);
    if (cap->rights.facet == FACET_CLIENT)
        return endpoint_call(thread, submission, cap, object);
    if (!invoke(thread, submission, object))
        *course = AGAIN;
    return ERR_OK;
}

/* At ENDPOINT, with the reply that RETURN has left over. */
static err_t receive(struct thread *thread, const struct ring_submission *submission,
                     uint64_t endpoint, struct reply *reply)
{
    struct object *object;
    err_t error = find_object(thread, endpoint, INTERFACE_ENDPOINT, &object);

    if (!error)
        return endpoint_recv(thread, submission, object, reply);
    if (reply)
        reply_unreserve(reply);
    return error;
}

static err_t run_recv(struct thread *thread, const struct ring_submission *submission,
                      enum course *course)
{
    *course = STARTED;
    return receive(thread, submission, submission->cap, NULL);
}

__attribute__((noinline)) static err_t
run_return(struct thread *thread, const struct ring_submission *submission, enum course *course)
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
    *course = STARTED;
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

static err_t run_park(struct thread *thread, const struct ring_submission *submission,
                      enum course *course)
{
    struct object *object;
    err_t error = find_object(thread, submission->cap, INTERFACE_PARK_SPACE, &object);

    *course = STARTED;
    return error ? error : park(thread, submission);
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
    err_t error = find_object(thread, submission->cap, INTERFACE_SIGNALLER, &object);

    if (error == ERR_BAD_INTERFACE)
        error = find_object(thread, submission->cap, INTERFACE_NOTIFICATION, &object);
    if (!error && !submission->argument)
        error = ERR_BAD_ARGUMENT;
    if (!error)
        notification_signal(object, submission->argument);
    return error;
}

static err_t run_wait(struct thread *thread, const struct ring_submission *submission,
                      enum course *course, uint64_t *value)
{
    struct object *object;
    err_t error = find_object(thread, submission->cap, INTERFACE_NOTIFICATION, &object);

    if (!error)
        error = notification_wait(thread, submission, object, value);
    *course = *value ? AT_ONCE : STARTED;
    return error;
}

/* An operation in flight was begun when it returns ERR_OK and *COURSE is STARTED. */
static inline err_t run(struct thread *thread, const struct ring_submission *s, enum course *course,
                        uint64_t *value)
{
    switch (s->opcode) {
    case RING_NOP:
        if (!uses(s, 0, ARGUMENT))
            return ERR_BAD_FLAGS;
        *value = s->argument;
        return ERR_OK;
    case RING_CALL:
        return uses(s, METHOD | DISCLOSE, ALL_WORDS) ? run_call(thread, s, course) : ERR_BAD_FLAGS;
    case RING_RECV:
        return uses(s, 0, CAP | RESULT | DEADLINE) ? run_recv(thread, s, course) : ERR_BAD_FLAGS;
    case RING_RETURN:
        return uses(s, FLAGS(RING_EXCEPTION | RING_THEN_RECV) | VALUE, ALL_WORDS)
                   ? run_return(thread, s, course)
                   : ERR_BAD_FLAGS;
    case RING_RELEASE:
        return uses(s, 0, CAP) ? cap_release(&thread->process->caps, s->cap) : ERR_BAD_FLAGS;
    case RING_CANCEL:
        return uses(s, 0, ARGUMENT) ? run_cancel(thread, s) : ERR_BAD_FLAGS;
    case RING_PARK:
        return uses(s, VALUE, CAP | DEADLINE | ARGUMENT) ? run_park(thread, s, course)
                                                         : ERR_BAD_FLAGS;
    case RING_UNPARK:
        return uses(s, VALUE, CAP | ARGUMENT) ? run_unpark(thread, s, value) : ERR_BAD_FLAGS;
    case RING_SIGNAL:
        return uses(s, 0, CAP | ARGUMENT) ? run_signal(thread, s) : ERR_BAD_FLAGS;
    case RING_WAIT:
        return uses(s, 0, CAP | DEADLINE | ARGUMENT) ? run_wait(thread, s, course, value)
                                                     : ERR_BAD_FLAGS;
    default:
        return ERR_BAD_OPCODE;
    }
}

/* False when the submission must be taken again. */
static inline bool carry_out(struct thread *thread, const struct ring_submission *submission)
{
    enum course course = AT_ONCE;
    uint64_t value = 0;
    err_t error = run(thread, submission, &course, &value);

    thread->via = NULL;
    if (error || course == AT_ONCE)
        ring_post(thread, submission->user_data, submission->opcode, -(int32_t)error, 0, value, 0);
    return course != AGAIN;
}

static bool has_credit(const struct ring_state *ring)
{
    int unconsumed = ring_unconsumed(ring);

    return unconsumed >= 0 && ring->in_flight + (uint32_t)unconsumed < RING_COMPLETIONS;
}

/* Carries out the next submission. False: it is not taken, for no completion can be promised, or it wants to be
 * taken again. */
static inline bool take_next(struct thread *thread, struct ring_submission *submission)
{
    struct ring_state *ring = &thread->ring;

    if (!has_credit(ring))
        return false;
    copy_submission(ring, submission);
    tap_submission(thread, submission);
    if (!carry_out(thread, submission))
        return false;
    ring->sq_head++;
    return true;
}

int64_t ring_take(struct thread *thread, uint64_t n, bool *stuck)
{
    struct ring_state *ring = &thread->ring;
    /* Acquire: the entries were written before the index that shows them. */
    uint32_t tail = __atomic_load_n(&ring->page->sq_tail, __ATOMIC_ACQUIRE);
    uint32_t start = ring->sq_head;
    uint32_t waiting = tail - start;
    uint32_t last = start + (waiting < n ? waiting : (uint32_t)n);

    if (waiting > RING_SUBMISSIONS || ring_unconsumed(ring) < 0)
        return -ERR_BAD_RING;
    work_done = 0;
    while (ring->sq_head != last && !thread->exiting) {
        struct ring_submission submission;

        if (!take_next(thread, &submission) || (ring->sq_head != last && work_done > WORK_MAX)) {
            *stuck = true;
            break;
        }
    }
    /* Release: the entries may be overwritten once the thread sees the index. */
    __atomic_store_n(&ring->page->sq_head, ring->sq_head, __ATOMIC_RELEASE);
    return ring->sq_head - start;
}
