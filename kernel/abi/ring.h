/*
 * The ring: how a thread talks to the kernel.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each thread has one ring region, mapped by the kernel readable and writable, never executable:
 *
 *   page 0      struct ring: indices, submission queue, completion queue
 *   page 1..n   the arena: messages, built and read in place (1 to 64 pages, a power of two)
 *
 * The kernel owns the pages, and nothing can unmap, protect or replace them. All offsets below
 * count from the arena's first byte and are multiples of 8.
 *
 * Indices run freely and are taken modulo the size of the queue at the access; a queue is empty
 * when head and tail are equal. Each side writes its own two and keeps the truth for itself:
 *
 *   submissions  thread writes the entry, then sq_tail (release); kernel reads sq_tail (acquire),
 *                copies the entry, then writes sq_head (release)
 *   completions  kernel writes the entry, then cq_tail (release); thread reads cq_tail (acquire),
 *                the entry, then writes cq_head (release)
 *
 * The kernel looks at a ring only in cap_enter() of its thread, so a thread needs no barrier beyond
 * those. It copies a submission before it looks at it, and never trusts what it wrote.
 *
 * A submission is taken only when a completion can be promised: those in flight and those not yet
 * consumed never exceed RING_COMPLETIONS, so no completion is ever lost. When some cannot be taken
 * for that reason, cap_enter() does not wait; consume completions and call it again.
 */
#pragma once

#include <stdint.h>

#define RING_VERSION     1
#define RING_SUBMISSIONS 32
#define RING_COMPLETIONS 32

#define RING_ARENA_PAGES_MAX    64
#define RING_ARENA_PAGES_FIRST  16 /* a process's first thread, unless asked otherwise */
#define RING_ARENA_PAGES_OTHERS 1

/* What a submission asks for. What each one uses of the entry stands beside it; everything else
 * must be zero, or the completion's status is -ERR_BAD_FLAGS. */
enum ring_opcode {
    RING_NOP,  /* nothing: completes with status 0 and `value` as given in `argument` */
    RING_CALL, /* calls `method` of `cap` as `interface_id`; params, result, transfers, deadline,
                  disclose. PROMISED: what `cap` means is yet to come */
    RING_RECV, /* waits at endpoint `cap` for a call; result takes struct ring_delivery; deadline */
    RING_RETURN, /* answers the call `cap` (a reply): params, transfers; EXCEPTION: params hold one.
                     THEN_RECV: goes on as RECV at `endpoint`, into result, until `deadline`;
                     there is one completion, RECV's, or RETURN's if that failed */
    RING_RELEASE, /* drops `cap` */
    RING_CANCEL,  /* cancels the operation whose user_data is `argument` */
    RING_PARK, /* with the ParkSpace `cap`: waits at address `argument` while the 32-bit word there
                     is `value`; deadline */
    RING_UNPARK, /* with the ParkSpace `cap`: wakes at most `value` parked at address `argument` */
    RING_SIGNAL, /* sets the bits `argument` of `cap` (a notification, or its signaller) */
    RING_WAIT,   /* waits until any bit of the mask `argument` is set in the notification `cap`, and
                     clears those that are; deadline */
    RING_OPCODES,
};

#define RING_EXCEPTION 0x01 /* RETURN: the parameters are a CapException */
#define RING_THEN_RECV 0x02 /* RETURN: go on receiving */
#define RING_PROMISED  0x04 /* CALL: `cap` is yet to come with the answer to an earlier one */

/* No deadline. */
#define RING_NEVER UINT64_MAX

struct ring_submission {
    uint8_t opcode;
    uint8_t flags;
    uint16_t method;
    union {
        uint32_t value; /* PARK: the expected word; UNPARK: how many; RETURN, EXCEPTION: its code */
        struct {
            uint16_t disclose; /* CALL: fields of the caller's session to disclose, a bit each */
            uint16_t promised; /* CALL, PROMISED: which of what will come; else 0 */
        };
    };
    uint64_t user_data;
    uint64_t cap; /* CALL, PROMISED: the user_data of an earlier CALL of this thread in flight */
    union {
        uint64_t interface_id;
        uint64_t endpoint; /* RETURN, THEN_RECV: where to receive */
    };
    uint32_t params, params_len; /* bytes; multiples of 8 */
    uint32_t result, result_len;
    uint64_t deadline; /* nanoseconds since boot; 0 or RING_NEVER: none */
    union {
        uint64_t argument;
        struct {
            uint32_t transfers;   /* an array of struct ring_transfer */
            uint32_t n_transfers; /* at most RING_TRANSFERS_MAX */
        };
    };
};
_Static_assert(sizeof(struct ring_submission) == 64, "part of the ABI");

/*
 * How a submission ended. status is
 *   0                        done: `result_len` bytes of results are at the result space
 *   RING_STATUS_EXCEPTION    the object refused: the result space holds a CapException
 *   RING_STATUS_TRUNCATED    the same, but it did not fit; `value` is its code
 *   negative                 transport: -ERR_..., the submission itself was wrong, and nothing
 *                            happened; or a PARK found another value (-ERR_MISMATCH); or the
 *                            operation was taken back (-ERR_TIMED_OUT, -ERR_CANCELLED) or its
 *                            answer did not fit (-ERR_NO_ROOM), when a server may already have done
 *                            what was asked
 */
struct ring_completion {
    uint64_t user_data;
    int32_t status;
    uint32_t result_len; /* bytes of message; received capabilities stand behind it */
    uint64_t value;      /* NOP: argument; UNPARK: how many woke; WAIT: bits; an exception's code */
    uint32_t n_caps;     /* received: an array of struct ring_cap at result + result_len */
    uint32_t opcode;
};
_Static_assert(sizeof(struct ring_completion) == 32, "part of the ABI");

#define RING_STATUS_EXCEPTION 1
#define RING_STATUS_TRUNCATED 2

#define RING_TRANSFERS_MAX 32

/* A capability that goes along with a message; pointers of the message count them from 0. */
struct ring_transfer {
    uint64_t cap;
    uint32_t mode; /* enum ring_transfer_mode */
    uint32_t reserved;
};
_Static_assert(sizeof(struct ring_transfer) == 16, "part of the ABI");

enum ring_transfer_mode {
    RING_COPY,
    RING_MOVE, /* the sender has it no more once it has arrived; until then nobody can use it */
    RING_TRANSFER_MODES,
};

/* A capability that has come with a message. */
struct ring_cap {
    uint64_t cap;
    uint64_t interface_id;
};
_Static_assert(sizeof(struct ring_cap) == 16, "part of the ABI");

/* What stands at the start of a RECV's result space; the message follows, and then the array of
 * struct ring_cap. */
struct ring_delivery {
    uint64_t reply;        /* answer with RETURN, exactly once; RELEASE it to refuse */
    uint64_t interface_id; /* as the caller said it, and its capability allows */
    uint64_t cookie;       /* of the client's capability; no payload can alter it */
    uint32_t params_len;
    uint16_t method;
    uint16_t n_caps;
    uint8_t session[16]; /* of the caller: opaque, this endpoint's alone; zero without entropy */
    uint32_t epoch;      /* of that session */
    uint16_t disclosed;  /* its fields that Endpoint.subject tells, a bit each */
    uint16_t flags;      /* RING_CALLER_LIVE */
    uint64_t reserved;
};
_Static_assert(sizeof(struct ring_delivery) == 64, "part of the ABI");

#define RING_CALLER_LIVE 1 /* `session` is there, and had not ended */

/* Page 0 of the region. */
struct ring {
    /* Written by the thread. */
    uint32_t sq_tail;
    uint32_t cq_head;
    uint32_t thread_reserved[14];

    /* Written by the kernel. */
    uint32_t sq_head;
    uint32_t cq_tail;
    uint32_t version;   /* RING_VERSION */
    uint32_t arena_len; /* bytes */
    uint64_t thread_id; /* never used again in this boot */
    uint32_t start_len; /* first thread: bytes of StartInfo at the arena's beginning */
    uint32_t tsc_shift; /* now_ns = (tsc - tsc_base) * tsc_mult >> tsc_shift, in 128 bits */
    uint64_t tsc_mult;
    uint64_t tsc_base;
    uint64_t kernel_reserved[2];

    struct ring_submission sq[RING_SUBMISSIONS];
    struct ring_completion cq[RING_COMPLETIONS];
};
_Static_assert(sizeof(struct ring) <= 4096, "the arena begins with the next page");
