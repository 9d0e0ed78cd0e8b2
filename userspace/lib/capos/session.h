/*
 * Sessions: making them, and asking what is known of one.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the fields mean says interfaces/session.capnp. What is done with a session is generated:
 * user_session_logout(), session_control_renew() and others (abi/kernel.calls.h); programs are
 * started in one by process_launch().
 */
#pragma once

#include "capos/incoming.h"

#define SESSION_FIELDS    8
#define SESSION_FIELD_MAX 32 /* bytes */

/* Values by number; those without a length are not there. */
struct session_fields {
    uint8_t len[SESSION_FIELDS];
    uint8_t bytes[SESSION_FIELDS][SESSION_FIELD_MAX];
};

/* Sets a field. False: there is none of this number, or no room for LEN bytes. */
bool session_fields_set(struct session_fields *, unsigned number, const void *bytes, size_t len);

/* A session that ends at EXPIRES (nanoseconds since boot; 0: never), and the power over it. */
struct outcome session_create(cap_t sessions, const struct session_fields *, uint64_t expires,
                              cap_t *user, cap_t *control);

struct session_info {
    struct session_fields fields;
    uint32_t epoch;
    uint64_t created, expires;
};

/* What a UserSession says; refused once it has ended. */
struct outcome session_info(cap_t user, struct session_info *);

struct session_audit {
    uint8_t audit[16];
    struct session_fields fields;
    bool live;
    enum ended_by ended_by;
};

/* What it says for ever. */
struct outcome session_audit(cap_t user, struct session_audit *);

/* What the caller whom REPLY answers discloses of his session. */
struct outcome session_subject(cap_t endpoint, cap_t reply, struct session_fields *);

/* The same in the method that serves the call. */
static inline struct outcome incoming_subject(const struct incoming *incoming,
                                              struct session_fields *fields)
{
    return session_subject(incoming->endpoint, incoming->reply, fields);
}
