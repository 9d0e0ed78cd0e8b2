/*
 * What the programs that move capabilities have in common: an endpoint of their own, and calls by
 * hand.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Most of them are both sides of their calls, so that a call stands in line until they receive it.
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_POST 0xa3f1c95b0e7d2846
#define MILLISECOND    1000000ull
#define ROOM           256 /* for results */

#define MOVE(handle) ((struct ring_transfer){.cap = (handle), .mode = RING_MOVE})
#define COPY(handle) ((struct ring_transfer){.cap = (handle), .mode = RING_COPY})

static inline cap_t new_memory(void)
{
    cap_t memory;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), 1, &memory)), "a memory object");
    return memory;
}

static inline struct outcome use(cap_t memory)
{
    return memory_info(memory, NULL);
}

static inline struct outcome describe(cap_t cap)
{
    return caps_describe(capos_cap("caps"), cap, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
}

static inline void check_here(cap_t memory)
{
    check(outcome_is_done(use(memory)), "the capability, under its old handle");
}

static inline void check_gone(cap_t cap)
{
    check(describe(cap).code == ERR_BAD_HANDLE, "nothing under the old handle");
}

/* A call under way. */
struct letter {
    uint64_t id;
    uint32_t array, result;
};

/* Its array of capabilities, which the kernel reads when the call is received. */
static inline struct ring_transfer *letter_array(const struct letter *letter)
{
    return ring_at(ring_mine(), letter->array);
}

static inline struct ring_submission letter_write(struct letter *letter, cap_t client,
                                                  const struct ring_transfer *what, uint32_t n)
{
    struct ring_client *client_ring = ring_mine();

    letter->id = ring_next_id(client_ring);
    letter->array = arena_alloc(client_ring, n * sizeof(*what));
    letter->result = arena_alloc(client_ring, ROOM);
    memcpy(letter_array(letter), what, n * sizeof(*what));
    return (struct ring_submission){
        .opcode = RING_CALL,
        .user_data = letter->id,
        .cap = client,
        .interface_id = INTERFACE_POST,
        .result = letter->result,
        .result_len = ROOM,
        .transfers = n ? letter->array : 0,
        .n_transfers = n,
    };
}

static inline void letter_submit(const struct ring_submission *call)
{
    check(ring_submit(ring_mine(), call), "room in the submission queue");
    check(ring_enter(ring_mine(), 0, 0) == 1, "a call that is taken");
}

/* Begins a call that brings N capabilities. */
static inline struct letter letter_send(cap_t client, const struct ring_transfer *what, uint32_t n)
{
    struct letter letter;
    struct ring_submission call = letter_write(&letter, client, what, n);

    letter_submit(&call);
    return letter;
}

/* Waits for its end. *GOT: the first capability that came with the answer (may be NULL). */
static inline struct outcome letter_end(const struct letter *letter, cap_t *got)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;
    const struct ring_cap *caps;
    struct outcome outcome;

    check(ring_wait(client, letter->id, &completion) == ERR_OK, "a completion");
    outcome = outcome_read(client, &completion, ring_at(client, letter->result));
    caps = ring_at(client, letter->result + completion.result_len);
    if (got)
        *got = completion.n_caps ? caps[0].cap : CAP_NONE;
    arena_free(client, letter->result);
    arena_free(client, letter->array);
    return outcome;
}

/* Both: for what is refused at once. */
static inline struct outcome letter_try(cap_t client, const struct ring_transfer *what, uint32_t n)
{
    struct letter letter = letter_send(client, what, n);

    return letter_end(&letter, NULL);
}

/* Receives one. */
static inline struct words_call post_receive(struct program_endpoint post)
{
    struct words_call in;

    check(outcome_is_done(capos_recv(post.server, RING_NEVER, &in)), "a call in line");
    return in;
}

/* Answers with N capabilities. */
static inline struct outcome post_answer(cap_t reply, const struct ring_transfer *what, uint32_t n)
{
    struct ring_client *client = ring_mine();
    uint32_t array = arena_alloc(client, n * sizeof(*what));
    struct ring_submission answer = {
        .opcode = RING_RETURN, .cap = reply, .transfers = n ? array : 0, .n_transfers = n};
    struct outcome outcome;

    memcpy(ring_at(client, array), what, n * sizeof(*what));
    outcome = ring_operate(&answer, NULL);
    arena_free(client, array);
    return outcome;
}
