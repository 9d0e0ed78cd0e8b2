/*
 * How an operation ends, and the words for it.
 * SPDX-License-Identifier: Apache-2.0
 */
#pragma once

#include "abi/kernel.capnp.h"
#include "capos/ring.h"

/* The three ways. They never mix: domain errors are fields of results. */
enum outcome_kind {
    OUTCOME_DONE,
    OUTCOME_EXCEPTION, /* the object refused, and says why in ring_mine()->reason */
    OUTCOME_TRANSPORT, /* the submission itself was wrong, or nothing came of it (docs/abi.md) */
};

enum exception_type {
    EXCEPTION_FAILED = CAP_EXCEPTION_TYPE_FAILED,
    EXCEPTION_OVERLOADED = CAP_EXCEPTION_TYPE_OVERLOADED,
    EXCEPTION_DISCONNECTED = CAP_EXCEPTION_TYPE_DISCONNECTED,
    EXCEPTION_UNIMPLEMENTED = CAP_EXCEPTION_TYPE_UNIMPLEMENTED,
    EXCEPTION_REVOKED = CAP_EXCEPTION_TYPE_REVOKED,
    EXCEPTION_STALE_SESSION = CAP_EXCEPTION_TYPE_STALE_SESSION,
};

struct outcome {
    uint16_t kind; /* enum outcome_kind */
    uint16_t type; /* enum exception_type; of an exception */
    err_t code;    /* ERR_OK when done */
};

static inline struct outcome outcome_done(void)
{
    return (struct outcome){0};
}

static inline struct outcome outcome_transport(err_t error)
{
    return (struct outcome){.kind = OUTCOME_TRANSPORT, .code = error};
}

static inline bool outcome_is_done(struct outcome outcome)
{
    return outcome.kind == OUTCOME_DONE;
}

/* An exception with a reason of the program's own, which a method returns to refuse its call. The
 * reason is kept as the thread's last one; what does not fit there is cut, and says so. */
struct outcome outcome_refuse(enum exception_type, err_t code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The exception that the kernel makes of an error. */
struct outcome outcome_exception(err_t code);

/* For people: the reason of the thread's last exception if this is one, or the code's sentence. A
 * reason that was cut on its way, or did not fit at all, ends by saying so. */
const char *outcome_sentence(struct outcome);

/* What a completion says. An exception is read from RESULT, the place in the arena; NULL: none. */
struct outcome outcome_read_failure(struct ring_client *, const struct ring_completion *,
                                    const void *result);
static inline struct outcome outcome_read(struct ring_client *client,
                                          const struct ring_completion *completion,
                                          const void *result)
{
    if (completion->status == 0)
        return outcome_done();
    return outcome_read_failure(client, completion, result);
}

/* Room that any exception of this library's fits into: a CapException with the longest reason. */
#define EXCEPTION_ROOM (24 + RING_REASON_LEN)

/* Writes the CapException for an outcome that is not done to EXCEPTION_ROOM bytes; its length. */
uint32_t outcome_write(struct outcome, void *to);
