/*
 * What ring/promise.c must come to: each call of one thread, and how it ends, in which order.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ring/test/promise_model.h"

#include <stdlib.h>
#include <string.h>

#include "abi/err.h"
#include "abi/ring.h"

#define QUEUE_MAX 1024
#define MADE_MAX  4096

enum state { HELD, KEPT, BROKEN, IN_LINE, SERVED, READY };

struct model_call {
    uint64_t number, earlier;
    unsigned index;
    enum kind wants;
    bool moves;
    enum state state;
    struct model_cap cap; /* of all but those that are held */
    uint64_t arrival;     /* in line */
};

/* In the order of submission. */
static struct model_call calls[MODEL_CALLS_MAX];
static unsigned n_calls;

static struct {
    struct model_completion completion;
    unsigned made;
} completions[QUEUE_MAX];
static struct model_delivery deliveries[QUEUE_MAX];
static unsigned completions_in, completions_out, deliveries_in, deliveries_out;

static bool closed[MADE_MAX];
static unsigned n_made, n_receivers;
static uint64_t last_arrival;

void model_start(void)
{
    n_calls = n_made = n_receivers = 0;
    completions_in = completions_out = deliveries_in = deliveries_out = 0;
    memset(closed, 0, sizeof(closed));
}

static struct model_call *find(uint64_t number)
{
    for (unsigned i = 0; i < n_calls; i++) {
        if (calls[i].number == number)
            return &calls[i];
    }
    return NULL;
}

static struct model_call *find_state(enum state state)
{
    for (unsigned i = 0; i < n_calls; i++) {
        if (calls[i].state == state)
            return &calls[i];
    }
    return NULL;
}

bool model_has(uint64_t number)
{
    return find(number) != NULL;
}

unsigned model_count(void)
{
    return n_calls;
}

uint64_t model_number(unsigned which)
{
    return n_calls ? calls[which % n_calls].number : 0;
}

/* --- Ends --- */

static void expect(uint64_t number, int32_t status, uint64_t value, unsigned made)
{
    if (completions_in - completions_out == QUEUE_MAX)
        abort();
    completions[completions_in % QUEUE_MAX].completion =
        (struct model_completion){number, status, value};
    completions[completions_in++ % QUEUE_MAX].made = made;
}

static void forget(struct model_call *call)
{
    n_calls--;
    memmove(call, call + 1, (size_t)(&calls[n_calls] - call) * sizeof(*call));
}

static void start(struct model_call *call);

/* An end with STATUS and VALUE; CAPS come with it. */
static void end(struct model_call *call, int32_t status, uint64_t value,
                const struct model_cap *caps, unsigned n, unsigned made)
{
    uint64_t why = status == 0 ? ERR_BROKEN_PROMISE : status < 0 ? (uint64_t)-status : value;
    uint64_t number = call->number;

    for (unsigned i = 0; i < n_calls; i++) {
        struct model_call *later = &calls[i], *earlier;

        if (later->state != HELD)
            continue;
        earlier = find(later->earlier);
        if (earlier->number == number && later->index < n) {
            later->state = KEPT;
            later->cap = caps[later->index];
        } else if (earlier->number == number || earlier->state == BROKEN) {
            later->state = BROKEN;
        }
    }
    expect(number, status, value, made);
    forget(find(number));
    while ((call = find_state(BROKEN))) {
        expect(call->number, RING_STATUS_EXCEPTION, why, 0);
        forget(call);
    }
    while ((call = find_state(KEPT)))
        start(call);
}

static void refuse(struct model_call *call, err_t error)
{
    end(call, RING_STATUS_EXCEPTION, error, NULL, 0, 0);
}

static void reject(struct model_call *call, err_t error)
{
    end(call, -(int32_t)error, 0, NULL, 0, 0);
}

/* --- The endpoint --- */

static struct model_call *first_in_line(unsigned made)
{
    struct model_call *first = NULL;

    for (unsigned i = 0; i < n_calls; i++) {
        if (calls[i].state == IN_LINE && calls[i].cap.made == made &&
            (!first || calls[i].arrival < first->arrival))
            first = &calls[i];
    }
    return first;
}

static void meet(void)
{
    struct model_call *call = first_in_line(0);

    if (!call || n_receivers == 0)
        return;
    n_receivers--;
    call->state = SERVED;
    deliveries[deliveries_in++ % QUEUE_MAX] =
        (struct model_delivery){call->number, call->cap.cookie, call->moves};
}

static void send(struct model_call *call)
{
    call->state = IN_LINE;
    call->arrival = ++last_arrival;
    meet();
}

/* What it waited for has come. */
static void start(struct model_call *call)
{
    if (call->cap.kind != call->wants)
        reject(call, ERR_BAD_INTERFACE);
    else if (call->wants != NODE)
        call->state = READY;
    else if (call->cap.made && closed[call->cap.made])
        refuse(call, ERR_DISCONNECTED);
    else
        send(call);
}

void model_close(unsigned made)
{
    struct model_call *call;

    closed[made] = true;
    while ((call = first_in_line(made)))
        refuse(call, ERR_DISCONNECTED);
}

/* --- Kernel objects --- */

static void invoke(struct model_call *call)
{
    if (call->moves) {
        reject(call, ERR_BAD_FLAGS);
        return;
    }
    if (call->wants == FACTORY) {
        unsigned made = ++n_made;
        const struct model_cap caps[] = {{MADE, 0, made}, {NODE, 0, made}};

        end(call, 0, 0, caps, 2, made);
        return;
    }
    if (call->wants == MADE) {
        uint64_t number = call->number;

        model_close(call->cap.made);
        call = find(number);
    }
    end(call, 0, 0, NULL, 0, 0);
}

void model_enter(void)
{
    struct model_call *call;

    while ((call = find_state(READY)))
        invoke(call);
}

/* --- What both sides do --- */

static struct model_call *begin(uint64_t number, bool moves)
{
    struct model_call *call = &calls[n_calls++];

    *call = (struct model_call){.number = number, .moves = moves};
    return call;
}

void model_call(uint64_t number, uint64_t cookie, bool moves)
{
    struct model_call *call = begin(number, moves);

    call->cap = (struct model_cap){NODE, cookie, 0};
    send(call);
}

void model_promise(uint64_t number, uint64_t earlier, unsigned index, enum kind wants, bool moves)
{
    struct model_call *call;

    if (!find(earlier)) {
        expect(number, -ERR_NOT_FOUND, 0, 0);
        return;
    }
    call = begin(number, moves);
    call->state = HELD;
    call->earlier = earlier;
    call->index = index;
    call->wants = wants;
}

void model_cancel(uint64_t number, uint64_t cancelled)
{
    struct model_call *call = find(cancelled);

    if (call)
        reject(call, ERR_CANCELLED);
    expect(number, call ? 0 : -ERR_NOT_FOUND, 0, 0);
}

void model_receive(void)
{
    n_receivers++;
    meet();
}

bool model_answer(uint64_t number, uint64_t code, const struct model_cap *caps, unsigned n)
{
    struct model_call *call = find(number);

    if (!call)
        return false;
    if (code)
        end(call, RING_STATUS_EXCEPTION, code, NULL, 0, 0);
    else
        end(call, 0, 0, caps, n, 0);
    return true;
}

bool model_next_completion(struct model_completion *completion, unsigned *made)
{
    if (completions_in == completions_out)
        return false;
    *completion = completions[completions_out % QUEUE_MAX].completion;
    *made = completions[completions_out++ % QUEUE_MAX].made;
    return true;
}

bool model_next_delivery(struct model_delivery *delivery)
{
    if (deliveries_in == deliveries_out)
        return false;
    *delivery = deliveries[deliveries_out++ % QUEUE_MAX];
    return true;
}
