/*
 * A session: on whose behalf processes run.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each process belongs to one, from its creation to its end. A session is live until it ends, once
 * and for all: by logout, by its expiry, or by its SessionControl. Whoever acts in it looks at
 * `live` and nothing else; the time of expiry is a timer's business. What its fields mean is user
 * space's (userspace/interfaces/session.capnp); their number and lengths are bounded here.
 *
 * It is an object (UserSession, kernel.capnp), charged with its timer to whoever created it, and
 * lives as long as processes or capabilities refer to it. Under the kernel lock.
 */
#pragma once

#include "abi/err.h"
#include "lib/bytes.h"
#include "lib/list.h"
#include "object/object.h"
#include "sched/timer.h"

#define SESSION_FIELDS    8
#define SESSION_FIELD_MAX 32 /* bytes */
#define SESSION_WAITERS   16

/* EndedBy of kernel.capnp, with its values. */
enum session_ended_by { SESSION_RUNS, SESSION_LOGOUT, SESSION_EXPIRY, SESSION_CONTROL };

struct session_field {
    uint8_t len; /* 0: the session does not have it */
    uint8_t bytes[SESSION_FIELD_MAX];
};

struct session {
    struct object object;
    uint64_t id; /* never used again */
    bool live;
    uint16_t present; /* a bit for each field that it has */
    uint32_t epoch;   /* from 1 on; one more with each renewal */
    uint64_t created; /* nanoseconds since boot */
    uint64_t expires; /* likewise; 0: never */
    struct timer expiry;
    enum session_ended_by ended_by;
    struct list waiters; /* operations that wait for its end */
    uint32_t n_waiters;
    struct session_field fields[SESSION_FIELDS];
};

/* That of the first process. It has no fields and never ends. */
extern struct session system_session;

/* Begins a session with N_FIELDS fields, the empty ones absent, that expires at EXPIRES (0: never),
 * charged to LEDGER, with one reference. ERR_NO_ENTROPY: nobody could tell sessions apart.
 * ERR_BAD_ARGUMENT: too many or too long fields, or EXPIRES is not in the future. */
err_t session_create(struct ledger *ledger, const struct bytes *fields, unsigned n_fields,
                     uint64_t expires, struct session **session);

/* Ends it, if it is live, and tells those who wait. */
void session_end(struct session *session, enum session_ended_by by);

/* Whether objects of TYPE refuse callers of SESSION, and keep from them what they wait for. */
static inline bool session_is_refused(const struct session *session, const struct object_type *type)
{
    return type->session_bound && !session->live;
}

/* Moves the time of expiry and begins a new epoch. ERR_STALE_SESSION: it has ended.
 * ERR_BAD_ARGUMENT as above. */
err_t session_renew(struct session *session, uint64_t expires);

/* Sessions in the whole system, beside the system's own. */
uint64_t sessions_count(void);

/* Of user_session_type: the last reference is gone. */
void session_destroy(struct object *object);
