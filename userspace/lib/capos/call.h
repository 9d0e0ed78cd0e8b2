/*
 * Calls of capabilities, and how they end.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A call in one go, for methods whose parameters and results are plain numbers:
 *
 *     outcome = capos_call(timer, INTERFACE_TIMER, TIMER_NOW, NULL, 0, &now, 1);
 *
 * or in steps, for all others:
 *
 *     call_open(&call, package, INTERFACE_BOOT_PACKAGE, BOOT_PACKAGE_READ, 0, 2, 0);
 *     message_put_u64(&call.params, call.root, 0, offset);
 *     outcome = call_make(&call, room for results);
 *     ... read call.results, which lies in the arena ...
 *     call_close(&call);
 *
 * call_open() takes room in the arena and call_close() gives it back, so calls nest like brackets.
 * To have several under way, queue each with call_submit() and hand its completion to call_read().
 */
#pragma once

#include "capos/message.h"
#include "capos/ring.h"

/* The three ways for an operation to end. They never mix: domain errors are fields of results. */
enum outcome_kind {
    OUTCOME_DONE,
    OUTCOME_EXCEPTION, /* the object refused, and says why in ring_mine()->reason */
    OUTCOME_TRANSPORT, /* the submission itself was wrong, and nothing happened */
};

/* CapException.Type */
enum exception_type {
    EXCEPTION_FAILED,
    EXCEPTION_OVERLOADED,
    EXCEPTION_DISCONNECTED,
    EXCEPTION_UNIMPLEMENTED,
    EXCEPTION_REVOKED,
    EXCEPTION_STALE_SESSION,
};

struct outcome {
    uint16_t kind; /* enum outcome_kind */
    uint16_t type; /* enum exception_type */
    err_t code;    /* ERR_OK when done */
};

static inline bool outcome_is_done(struct outcome outcome)
{
    return outcome.kind == OUTCOME_DONE;
}

/* For people: the reason of the thread's last exception if this is it, or the code's sentence. */
const char *outcome_sentence(struct outcome);

/* What a completion says. An exception is read from RESULT, the place in the arena; NULL: none. */
struct outcome outcome_read(struct ring_client *, const struct ring_completion *,
                            const void *result);

#define OUTCOME_TRANSPORT_OF(error) ((struct outcome){OUTCOME_TRANSPORT, 0, (error)})

struct call {
    struct ring_client *client;
    uint32_t mark; /* of the arena */
    uint32_t root; /* of the parameters: its data section; its pointers are from `pointers` on */
    uint32_t pointers;
    struct message_writer params;
    struct ring_submission submission;
    struct message_struct results;
    const struct ring_cap *caps; /* received */
    uint32_t n_caps;
};

/* Parameters with N_DATA words and N_POINTERS pointers in the root, and EXTRA words behind it. With
 * none of them there is no message. */
void call_open(struct call *, cap_t, uint64_t interface_id, uint16_t method, uint32_t extra,
               uint16_t n_data, uint16_t n_pointers);

/* The same for other operations that carry a message. */
void call_open_as(struct call *, uint8_t opcode, cap_t, uint32_t extra, uint16_t n_data,
                  uint16_t n_pointers);

/* Copies of these capabilities go along; the parameters' pointers count them from 0. */
void call_transfer(struct call *, const cap_t *caps, uint32_t n);

/* Submits it with room for RESULT_LEN bytes of results, waits, reads. Exceptions find room. */
struct outcome call_make(struct call *, uint32_t result_len);

/* The halves: queues it, ERR_NO_ROOM or ERR_NO_CALLS; reads what came of it. */
err_t call_submit(struct call *, uint32_t result_len, uint64_t user_data);
struct outcome call_read(struct call *, const struct ring_completion *);

/* The received capability behind a pointer of the results; CAP_NONE: none came. */
cap_t call_cap(const struct call *, uint32_t pointer);

void call_close(struct call *);

/* A whole call with data words only. Results that did not come are 0. */
struct outcome capos_call(cap_t, uint64_t interface_id, uint16_t method, const uint64_t *params,
                          uint16_t n_params, uint64_t *results, uint16_t n_results);

/* The same, for a method that returns nothing but one capability; CAP_NONE unless it is done. */
struct outcome capos_call_cap(cap_t, uint64_t interface_id, uint16_t method, const uint64_t *params,
                              uint16_t n_params, cap_t *result);

/* An operation without messages, and what its completion's `value` says (may be NULL). */
struct outcome capos_operate(struct ring_submission *, uint64_t *value);

struct outcome cap_release(cap_t);
