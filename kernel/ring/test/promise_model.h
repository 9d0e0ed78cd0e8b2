/*
 * What ring/promise.c must come to: each call of one thread, and how it ends, in which order.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One caller, one endpoint with its server, and kernel objects that answers bring. The model is
 * told what both do; it says which completions the caller gets, in their order, and which calls the
 * server receives.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define MODEL_CALLS_MAX 31

/* What a capability is to, or what a call wants it to be. */
enum kind {
    NODE,    /* a client of the endpoint, or of a made one */
    SYSTEM,  /* answers at once, without capabilities */
    FACTORY, /* makes an endpoint: answers at once with MADE, and a NODE of that */
    MADE,    /* an endpoint that nobody serves; its method closes it */
    KINDS,
};

struct model_cap {
    enum kind kind;
    uint64_t cookie;
    unsigned made; /* number of the endpoint that was made; 0: the served one */
};

/* What comes out. */
struct model_completion {
    uint64_t number;
    int32_t status;
    uint64_t value;
};

struct model_delivery {
    uint64_t number, cookie;
    bool moves;
};

void model_start(void);

/* Whether NUMBER is in flight, and of how many calls it is one. */
bool model_has(uint64_t number);
unsigned model_count(void);

/* A number of a call in flight; WHICH is counted around. 0: there is none. */
uint64_t model_number(unsigned which);

/* The caller's cap_enter() begins: before anything that it submits. */
void model_enter(void);

/* It submits a call of the node COOKIE, or of what EARLIER will bring. MOVES: with a capability
 * that is to move. */
void model_call(uint64_t number, uint64_t cookie, bool moves);
void model_promise(uint64_t number, uint64_t earlier, unsigned index, enum kind wants, bool moves);
void model_cancel(uint64_t number, uint64_t cancelled);

/* The server receives once more; answers NUMBER, with CODE an exception. False: its caller had
 * withdrawn. */
void model_receive(void);
bool model_answer(uint64_t number, uint64_t code, const struct model_cap *caps, unsigned n);

/* The endpoint that was made with that number is closed. */
void model_close(unsigned made);

/* The next of what must have come out; false: nothing. *MADE: the endpoint that the call has made,
 * or 0. */
bool model_next_completion(struct model_completion *completion, unsigned *made);
bool model_next_delivery(struct model_delivery *delivery);
