/*
 * Takes submissions from a ring and carries them out.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/take.h"

#include "abi/interfaces.h"
#include "object/endpoint.h"
#include "process/process.h"
#include "ring/call.h"
#include "ring/invocation.h"
#include "ring/park.h"
#include "ring/post.h"
#include "ring/ring.h"
#include "sched/work.h"

/*
 * What each operation leaves unused must be zero: what is reserved today can mean something tomorrow. The bits
 * of a submission's eight words that must be zero, from the fields that may be used.
 */
#define N_WORDS (sizeof(struct ring_submission) / sizeof(uint64_t))

#define OPCODE       0xffull
#define FLAGS(flags) ((uint64_t)(flags) << 8)
#define METHOD       0xffff0000ull
#define VALUE        0xffffffff00000000ull
#define ALL          UINT64_MAX

#define UNUSED(first, cap, interface, params, result, deadline, argument)                \
    {                                                                                    \
        ~(OPCODE | (first)), 0, ~(cap), ~(interface), ~(params), ~(result), ~(deadline), \
            ~(argument)                                                                  \
    }

/* clang-format off */
static const uint64_t unused[RING_OPCODES][N_WORDS] = {
    [RING_NOP] = UNUSED(0, 0ull, 0ull, 0ull, 0ull, 0ull, ALL),
    [RING_CALL] = UNUSED(METHOD, ALL, ALL, ALL, ALL, ALL, ALL),
    [RING_RECV] = UNUSED(0, ALL, 0ull, 0ull, ALL, ALL, 0ull),
    [RING_RETURN] = UNUSED(FLAGS(RING_EXCEPTION | RING_THEN_RECV) | VALUE, ALL, ALL, ALL, ALL, ALL, ALL),
    [RING_RELEASE] = UNUSED(0, ALL, 0ull, 0ull, 0ull, 0ull, 0ull),
    [RING_CANCEL] = UNUSED(0, 0ull, 0ull, 0ull, 0ull, 0ull, ALL),
    [RING_PARK] = UNUSED(VALUE, ALL, 0ull, 0ull, 0ull, ALL, ALL),
    [RING_UNPARK] = UNUSED(VALUE, ALL, 0ull, 0ull, 0ull, 0ull, ALL),
};
/* clang-format on */

/*
 * Copies the next submission, for it may change under our eyes, and checks the copy: ERR_BAD_OPCODE, or ERR_BAD_FLAGS for
 * what must be zero and is not.
 */
static inline err_t copy_submission(const struct ring_state *ring,
                                    struct ring_submission *submission)
{
    const volatile uint64_t *from =
        (const volatile uint64_t *)&ring->page->sq[ring->sq_head % RING_SUBMISSIONS];
    uint64_t *to = (uint64_t *)submission;
    uint64_t first = from[0], dirty;
    unsigned opcode = first & OPCODE;
    const uint64_t *mask = unused[opcode < RING_OPCODES ? opcode : 0];

    to[0] = first;
    dirty = first & mask[0];
#pragma GCC unroll 8
    for (unsigned i = 1; i < N_WORDS; i++) {
        uint64_t word = from[i];

        to[i] = word;
        dirty |= word & mask[i];
    }
    if (opcode >= RING_OPCODES)
        return ERR_BAD_OPCODE;
    return dirty ? ERR_BAD_FLAGS : ERR_OK;
}

/* The submission's capability, if it has the interface. */
static err_t find(const struct thread *thread, const struct ring_submission *submission,
                  uint64_t interface_id, struct cap **cap)
{
    *cap = cap_find(&thread->process->caps, submission->cap);
    if (!*cap)
        return ERR_BAD_HANDLE;
    return (*cap)->interface_id == interface_id ? ERR_OK : ERR_BAD_INTERFACE;
}

/* The same for the kernel's own objects. A client of an endpoint bears any interface id that its server likes, so the
 * id alone does not say what the object is. */
static err_t find_object(const struct thread *thread, const struct ring_submission *submission,
                         uint64_t interface_id, struct cap **cap)
{
    err_t error = find(thread, submission, interface_id, cap);

    return error || (*cap)->facet == FACET_OBJECT ? error : ERR_NOT_PERMITTED;
}

/*
 * How an operation goes on. Those that return an error end with it; of the others, these have no completion yet, or
 * have posted it by themselves.
 */
enum course { AT_ONCE, STARTED, AGAIN };

static err_t run_call(struct thread *thread, const struct ring_submission *submission,
                      enum course *course)
{
    struct cap *cap;
    err_t error = find(thread, submission, submission->interface_id, &cap);

    if (error)
        return error;
    *course = STARTED;
    if (cap->facet == FACET_CLIENT)
        return endpoint_call(thread, submission, cap);
    if (!invoke(thread, submission, cap))
        *course = AGAIN;
    return ERR_OK;
}

static err_t run_recv(struct thread *thread, const struct ring_submission *submission,
                      enum course *course)
{
    struct cap *cap;
    err_t error = find_object(thread, submission, INTERFACE_ENDPOINT, &cap);

    *course = STARTED;
    return error ? error : endpoint_recv(thread, submission, cap->object);
}

/* What RETURN says about the RECV that follows it. */
static struct ring_submission receive_of(const struct ring_submission *submission)
{
    return (struct ring_submission){
        .opcode = RING_RETURN,
        .user_data = submission->user_data,
        .cap = submission->endpoint,
        .result = submission->result,
        .result_len = submission->result_len,
        .deadline = submission->deadline,
    };
}

__attribute__((noinline)) static err_t
run_return(struct thread *thread, const struct ring_submission *submission, enum course *course)
{
    struct ring_submission receive = receive_of(submission);
    bool then_receive = submission->flags & RING_THEN_RECV;
    struct cap *reply;
    err_t error = find_object(thread, submission, INTERFACE_REPLY, &reply);

    if (!error && !then_receive &&
        (receive.cap | receive.result | receive.result_len | receive.deadline))
        error = ERR_BAD_FLAGS;
    if (!error)
        error = endpoint_return(thread, submission, reply);
    return error || !then_receive ? error : run_recv(thread, &receive, course);
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
    struct cap *cap;
    err_t error = find_object(thread, submission, INTERFACE_PARK_SPACE, &cap);

    *course = STARTED;
    return error ? error : park(thread, submission);
}

static err_t run_unpark(struct thread *thread, const struct ring_submission *submission,
                        uint64_t *value)
{
    struct cap *cap;
    err_t error = find_object(thread, submission, INTERFACE_PARK_SPACE, &cap);

    return error ? error : unpark(thread, submission->argument, submission->value, value);
}

/* An operation in flight was begun when it returns ERR_OK and *COURSE is STARTED. */
static err_t run(struct thread *thread, const struct ring_submission *submission,
                 enum course *course, uint64_t *value)
{
    switch (submission->opcode) {
    case RING_NOP:
        *value = submission->argument;
        return ERR_OK;
    case RING_CALL:
        return run_call(thread, submission, course);
    case RING_RECV:
        return run_recv(thread, submission, course);
    case RING_RETURN:
        return run_return(thread, submission, course);
    case RING_RELEASE:
        return cap_release(&thread->process->caps, submission->cap);
    case RING_CANCEL:
        return run_cancel(thread, submission);
    case RING_PARK:
        return run_park(thread, submission, course);
    default:
        return run_unpark(thread, submission, value);
    }
}

/* False when the submission must be taken again. */
static inline bool carry_out(struct thread *thread, const struct ring_submission *submission,
                             err_t error)
{
    enum course course = AT_ONCE;
    uint64_t value = 0;

    if (!error)
        error = run(thread, submission, &course, &value);
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
    err_t error;

    if (!has_credit(ring))
        return false;
    error = copy_submission(ring, submission);
    tap_submission(thread, submission);
    if (!carry_out(thread, submission, error))
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
