/*
 * The thread's side of its ring: submissions in, completions out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A client belongs to one thread; no other may touch it, its ring or its arena.
 *
 * Operations are told apart by their user_data. Numbers with the bit RING_OWN set are the
 * library's; all others are the program's, which should use each for one operation at a time.
 *
 * A completion that nobody has asked for yet stays in the completion queue, in its order, and holds
 * its place there: with RING_COMPLETIONS of them no further operation can be submitted.
 *
 * Whoever puts messages into the arena allocates the room for them (arena.h).
 *
 * Capabilities are dropped in passing: cap_drop() keeps them until the next submission, ahead of
 * which their releases go. The program does not see the completions of those.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/err.h"
#include "abi/ring.h"

/* A handle of a capability. No capability has the handle CAP_NONE. */
typedef uint64_t cap_t;
#define CAP_NONE 0

#define RING_OWN        (1ull << 63)
#define RING_REASON_LEN 120
#define RING_DROPS_MAX  16

struct call;

struct ring_client {
    struct ring *ring;
    uint8_t *arena;
    uint32_t arena_len;  /* bytes */
    uint32_t used;       /* bytes of the arena, up to the end of the last block */
    uint32_t last;       /* bytes of that block; 0: there is none */
    uint32_t n_drops;    /* capabilities to be released, not queued yet */
    uint32_t n_releases; /* queued, and their completions not seen */
    uint64_t last_id;
    uint32_t last_promise;
    struct call *promising;       /* calls whose results are promised, until they are closed */
    char reason[RING_REASON_LEN]; /* of the last exception, NUL-terminated; see outcome.h */
    cap_t drops[RING_DROPS_MAX];
};

void ring_init(struct ring_client *, struct ring *);

/* The client of the thread that calls. Programs are static, so its place is known to the linker. */
extern _Thread_local struct ring_client ring_of_thread __attribute__((tls_model("local-exec")));
static inline struct ring_client *ring_mine(void)
{
    return &ring_of_thread;
}

/* A number for user_data with RING_OWN set, another one each time. */
static inline uint64_t ring_next_id(struct ring_client *client)
{
    return RING_OWN | ++client->last_id;
}

/* Queues a copy of the submission for the next ring_enter(); false when the queue is full. */
bool ring_submit(struct ring_client *, const struct ring_submission *);

/* Submissions that the kernel has not taken, completions that nobody has consumed. */
uint32_t ring_pending(const struct ring_client *);
uint32_t ring_held(struct ring_client *);

/* How many more submissions the kernel would take: those in flight and the completions that nobody
 * has consumed never exceed RING_COMPLETIONS. */
uint32_t ring_credit(struct ring_client *);

/* cap_enter() with all that is queued: how many submissions were taken, or -ERR_.... */
int64_t ring_enter(struct ring_client *, uint32_t min_complete, uint64_t deadline);

/* Takes the oldest completion, or the oldest with that user_data; false when there is none. They do
 * not wait, nor enter the kernel. */
bool ring_poll(struct ring_client *, struct ring_completion *out);
bool ring_take(struct ring_client *, uint64_t user_data, struct ring_completion *out);

/* Submits what is queued and waits for the completion with that user_data. ERR_NO_CALLS:
 * completions that nobody consumed leave no room for it. */
err_t ring_wait(struct ring_client *, uint64_t user_data, struct ring_completion *out);

/* The same for what was queued last; on an error it is not queued any more. */
err_t ring_finish(struct ring_client *, uint64_t user_data, struct ring_completion *out);

/* The same for the completion that comes first, whichever it is. ERR_TIMED_OUT: none came before
 * the deadline, in nanoseconds since boot; RING_NEVER: no deadline, 0: do not wait. */
err_t ring_next(struct ring_client *, uint64_t deadline, struct ring_completion *out);

/* Queues it, with a user_data of the library's, and finishes it. ERR_NO_CALLS: there is no room. */
err_t ring_do(struct ring_client *, struct ring_submission *, struct ring_completion *out);

/* Cancels the program's operation with that user_data, whose completion then comes as for any other
 * end. ERR_NOT_FOUND: nothing like that is in flight. */
err_t ring_cancel(struct ring_client *, uint64_t user_data);

/* Drops a capability, which goes ahead of what the thread submits next; nothing for CAP_NONE. Does
 * not wait. ERR_NO_CALLS: too many are dropped already, and there is no room to submit them. */
err_t cap_drop(cap_t);

/* A place in the arena. */
static inline void *ring_at(const struct ring_client *client, uint32_t offset)
{
    return client->arena + offset;
}
