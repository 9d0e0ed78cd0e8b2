/*
 * What the programs that revoke have in common: a capability that was derived, and operations by
 * hand.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "capos/capos.h"
#include "capos/program.h"

#define INTERFACE_DESK 0xb7e4a90d35c16f28
#define MILLISECOND    1000000ull
#define ROOM           1024 /* for results, and for what is received */

struct lease {
    cap_t derived, revoker;
};

static inline struct lease lease_take(cap_t original)
{
    struct lease lease;

    check(outcome_is_done(caps_derive(capos_cap("caps"), original, SCOPE_SHAREABLE, 0xffff,
                                      &lease.derived, &lease.revoker)),
          "one that can be revoked");
    return lease;
}

static inline void lease_revoke(struct lease lease)
{
    check(outcome_is_done(revoker_revoke(lease.revoker)), "a revocation");
}

static inline void lease_drop(struct lease lease)
{
    check(outcome_is_done(cap_release(lease.derived)), "the derived one to release");
    check(outcome_is_done(cap_release(lease.revoker)), "its revoker to release");
}

static inline bool is_revoked(cap_t cap)
{
    bool revoked;

    check(outcome_is_done(
              caps_describe(capos_cap("caps"), cap, NULL, NULL, NULL, NULL, NULL, NULL, &revoked)),
          "what it is");
    return revoked;
}

static inline cap_t new_memory(uint32_t pages)
{
    cap_t memory;

    check(outcome_is_done(frames_allocate(capos_cap("frames"), pages, &memory)), "memory");
    return memory;
}

/* An operation under way. */
struct operation {
    uint64_t id;
    uint32_t result, array;
};

/* Begins it, with room for results if it has such. WHAT: N capabilities that go along. */
static inline struct operation operation_begin(struct ring_submission submission,
                                               const struct ring_transfer *what, uint32_t n)
{
    struct ring_client *client = ring_mine();
    struct operation operation = {ring_next_id(client), arena_alloc(client, ROOM),
                                  arena_alloc(client, n * sizeof(*what))};

    submission.user_data = operation.id;
    if (submission.opcode == RING_CALL || submission.opcode == RING_RECV) {
        submission.result = operation.result;
        submission.result_len = ROOM;
    }
    if (n > 0) {
        memcpy(ring_at(client, operation.array), what, n * sizeof(*what));
        submission.transfers = operation.array;
        submission.n_transfers = n;
    }
    memset(ring_at(client, operation.result), 0, ROOM);
    check(ring_submit(client, &submission), "room in the submission queue");
    check(ring_enter(client, 0, 0) == 1, "an operation that is taken");
    return operation;
}

static inline struct operation call_begin(cap_t client, const struct ring_transfer *what,
                                          uint32_t n)
{
    return operation_begin((struct ring_submission){.opcode = RING_CALL,
                                                    .cap = client,
                                                    .interface_id = INTERFACE_DESK},
                           what, n);
}

static inline const void *operation_result(const struct operation *operation)
{
    return ring_at(ring_mine(), operation->result);
}

/* How it has ended; VALUE as in the completion (may be NULL). */
static inline struct outcome operation_end(const struct operation *operation, uint64_t *value)
{
    struct ring_client *client = ring_mine();
    struct ring_completion completion;
    struct outcome outcome;

    check(ring_wait(client, operation->id, &completion) == ERR_OK, "its end");
    outcome = outcome_read(client, &completion, operation_result(operation));
    if (value)
        *value = completion.value;
    arena_free(client, operation->array);
    arena_free(client, operation->result);
    return outcome;
}

/* Makes N copies of a capability, by sending them to oneself. */
static inline void copy_many(cap_t cap, cap_t *copies, uint32_t n)
{
    struct ring_transfer what[RING_TRANSFERS_MAX];
    struct program_endpoint desk = program_endpoint_open(INTERFACE_DESK);

    for (uint32_t i = 0; i < RING_TRANSFERS_MAX; i++)
        what[i] = (struct ring_transfer){.cap = cap};
    while (n > 0) {
        uint32_t part = n < RING_TRANSFERS_MAX ? n : RING_TRANSFERS_MAX;
        struct operation call = call_begin(desk.client, what, part);
        struct operation receive = operation_begin(
            (struct ring_submission){.opcode = RING_RECV, .cap = desk.server}, NULL, 0);
        const struct ring_delivery *head = operation_result(&receive);
        const struct ring_cap *caps = (const struct ring_cap *)(head + 1);

        check(outcome_is_done(operation_end(&receive, NULL)) && head->n_caps == part, "copies");
        for (uint32_t i = 0; i < part; i++)
            *copies++ = caps[i].cap;
        check(outcome_is_done(capos_answer(head->reply, NULL, 0)), "an answer");
        check(outcome_is_done(operation_end(&call, NULL)), "the call's end");
        n -= part;
    }
    program_endpoint_close(desk);
}
